using System.Text.Json.Nodes;

namespace FlowCompile.Models.OpenAI.Tests.Server;

/// <summary>A call as the server got it.</summary>
public sealed record ReceivedCall(int Index, JsonObject Body, IReadOnlyDictionary<string, string> Headers)
{
    /// <summary>The path and the query that it was sent to.</summary>
    public string Target { get; init; } = "";

    public string Prompt => (string)Body["messages"]!.AsArray().Last(message => (string?)message!["role"] == "user")!["content"]!;
}
