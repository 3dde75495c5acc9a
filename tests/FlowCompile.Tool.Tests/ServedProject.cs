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

    public TestProject Project { get; } = new(isBuilt: true);

    public ChatServer Server { get; }

    public static ServedProject Start()
    {
        Environment.SetEnvironmentVariable(Variable, Key);
        return new ServedProject(ChatServer.Start());
    }

    /// <summary>Writes <c>flowcompile.json</c>.</summary>
    /// <param name="cheap">What a million tokens of 'cheap' cost.</param>
    /// <param name="dear">What a million tokens of 'dear' cost.</param>
    /// <param name="judge">More of the workflow's section; where it names a judge, that is the model 'judge'.</param>
    public void Write(double cheap, double dear, string judge = "")
    {
        var judging = judge.Length == 0 ? "" : $$""", "judge": { "openai": "{{Server.Endpoint}}", "price": { "inputPerMillion": 5 } }""";
        Project.Write("flowcompile.json", $$"""
            {
              "models": {
                "cheap": { "openai": "{{Server.Endpoint}}", "keyVariable": "{{Variable}}", "retries": 1, "price": { "inputPerMillion": {{cheap}}, "outputPerMillion": {{cheap}} } },
                "dear": { "openai": "{{Server.Endpoint}}", "keyVariable": "{{Variable}}", "retries": 1, "price": { "inputPerMillion": {{dear}}, "outputPerMillion": {{dear}} } }{{judging}}
              },
              "budgets": [0],
              "workflows": { "math": { "cases": "data/validate.jsonl", "maxFailures": 1{{judge}} } }
            }
            """);
    }

    public ChatServer.Answer Answer(ChatServer.Call call)
    {
        var (answer, isEasy) = _problems.First(pair => call.Prompt.Contains(pair.Key, StringComparison.Ordinal)).Value;
        if (call.Model == "judge")
        {
            return ChatServer.Answer.Text(call.Prompt.Contains($"<returned>\n{answer}\n</returned>", StringComparison.Ordinal) ? "As it should be.\nSCORE: 10" : "No.\nSCORE: 0");
        }

        return ChatServer.Answer.Text(call.Model == "dear" || isEasy ? answer : "-1");
    }

    public async ValueTask DisposeAsync()
    {
        Project.Dispose();
        await Server.DisposeAsync();
    }
}
