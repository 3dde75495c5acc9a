using System.Text.Json;

namespace FlowCompile.Tool.Tests;

/// <summary>The sample's workflow with two models of a server on loopback: 'dear' is always right, 'cheap' on every second case.</summary>
internal sealed class ServedProject : IAsyncDisposable
{
    public const string Variable = "FLOWCOMPILE_TOOL_TEST_KEY";
    public const string Key = "sk-tool-test-9876543210-this-is-the-key";
    private readonly Dictionary<string, (string Answer, bool IsEasy)> _problems = [];

    private ServedProject(ChatServer server)
    {
        Server = server;
        foreach (var (line, i) in File.ReadLines(Project.PathOf("data/validate.jsonl")).Select((line, i) => (line, i)))
        {
            using var one = JsonDocument.Parse(line);
            _problems[one.RootElement.GetProperty("problem").GetString()!] = (one.RootElement.GetProperty("answer").GetRawText(), i % 2 == 0);
        }

        Server.Answers = Answer;
        Write(cheap: 1, dear: 10);
    }

    public TestProject Project { get; } = new();

    public ChatServer Server { get; }

    public static ServedProject Start()
    {
        Environment.SetEnvironmentVariable(Variable, Key);
        return new ServedProject(ChatServer.Start());
    }

    /// <summary>Writes <c>flowcompile.json</c>.</summary>
    /// <param name="cheap">What a million tokens of 'cheap' cost.</param>
    /// <param name="dear">What a million tokens of 'dear' cost.</param>
    public void Write(double cheap, double dear) => Project.Write("flowcompile.json", $$"""
        {
          "models": {
            "cheap": { "openai": "{{Server.Endpoint}}", "keyVariable": "{{Variable}}", "retries": 1, "price": { "inputPerMillion": {{cheap}}, "outputPerMillion": {{cheap}} } },
            "dear": { "openai": "{{Server.Endpoint}}", "keyVariable": "{{Variable}}", "retries": 1, "price": { "inputPerMillion": {{dear}}, "outputPerMillion": {{dear}} } }
          },
          "budgets": [0],
          "workflows": { "math": { "cases": "data/validate.jsonl", "maxFailures": 1 } }
        }
        """);

    public ChatServer.Answer Answer(ChatServer.Call call)
    {
        var (answer, isEasy) = _problems.First(pair => call.Prompt.Contains(pair.Key, StringComparison.Ordinal)).Value;
        return ChatServer.Answer.Text(call.Model == "dear" || isEasy ? answer : "-1");
    }

    public async ValueTask DisposeAsync()
    {
        Project.Dispose();
        await Server.DisposeAsync();
    }
}
