using System.Text.Json;

namespace FlowCompile.Tool.Tests;

/// <summary>
/// A workflow that routes tickets by an enum, in a folder of its own, over recorded calls. How its projects are made is the test's choice.
/// </summary>
internal sealed class DeskFiles : IDisposable
{
    /// <summary>What a project needs to use FlowCompile as it was built.</summary>
    public static readonly string References = $"""
        <ItemGroup>
          <Reference Include="FlowCompile" HintPath="{AppContext.BaseDirectory}FlowCompile.dll" />
          <Analyzer Include="{AppContext.BaseDirectory}FlowCompile.Generators.dll" />
        </ItemGroup>
        <Import Project="{AppContext.BaseDirectory}build/FlowCompile.targets" />
        """;

    /// <summary>The packages of the version that FlowCompile was built with.</summary>
    public const string Packages = """
        <ItemGroup>
          <PackageReference Include="Microsoft.Extensions.AI.Abstractions" Version="10.11.0" />
          <PackageReference Include="Microsoft.Extensions.DependencyInjection.Abstractions" Version="10.0.14" />
          <PackageReference Include="Microsoft.Extensions.Logging.Abstractions" Version="10.0.14" />
        </ItemGroup>
        """;

    private readonly DirectoryInfo _root;

    public DeskFiles(string? folder = null) => _root = folder is null ? System.IO.Directory.CreateTempSubdirectory("flowcompile-desk") : new DirectoryInfo(folder);

    public string Directory => _root.FullName;

    public string PathOf(string relative) => Path.Combine(_root.FullName, relative);

    public void Write(string relative, string text)
    {
        System.IO.Directory.CreateDirectory(Path.GetDirectoryName(PathOf(relative))!);
        File.WriteAllText(PathOf(relative), text);
    }

    /// <summary>Writes a project file.</summary>
    public void WriteProject(string relative, string properties, string items) => Write(relative, $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <Nullable>enable</Nullable>
            <ImplicitUsings>enable</ImplicitUsings>
            {properties}
          </PropertyGroup>
          {items}
        </Project>
        """);

    /// <summary>Writes the workflow with its settings, cases and recorded calls into a project's folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="probe">The expression that a tool returns, of the ticket's text and age; it may use the project's packages.</param>
    public void WriteWorkflow(string folder, string probe = "text")
    {
        Write($"{folder}/Desk.cs", $$"""
            using System.Text.Json;
            using System.Text.Json.Serialization;
            using FlowCompile;

            namespace Desk;

            public enum Team { [JsonStringEnumMemberName("billing-team")] Billing, Technical }

            [JsonConverter(typeof(DaysConverter))]
            public readonly record struct Days(int Count);

            public sealed class DaysConverter : JsonConverter<Days>
            {
                public override Days Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(int.Parse(reader.GetString()![..^1]));

                public override void Write(Utf8JsonWriter writer, Days value, JsonSerializerOptions options) => writer.WriteStringValue(value.Count + "d");
            }

            [Workflow("desk")]
            public sealed partial class DeskWorkflow(ModelCatalog models, Microsoft.Extensions.Logging.ILogger<DeskWorkflow> logger)
            {
                [WorkflowFactory]
                private static DeskWorkflow Create(IServiceProvider services) => new(
                    (ModelCatalog)services.GetService(typeof(ModelCatalog))!,
                    (Microsoft.Extensions.Logging.ILogger<DeskWorkflow>)services.GetService(typeof(Microsoft.Extensions.Logging.ILogger<DeskWorkflow>))!) { Models = (ModelCatalog)services.GetService(typeof(ModelCatalog))! };

                public override string ToString() => $"{models} {logger}";

                public sealed record Ticket(string Id, string Text, Days Age, Team Team, IReadOnlyList<string>? Labels = null);

                public sealed record Answer(Team Team, IReadOnlyList<string> Texts, Days Age);

                [Tool]
                public static string Probe(string text, Days age) => {{probe}};

                [SubAgent]
                public async ValueTask<Team> Classify([From(nameof(Probe))] string probe, SubAgentContext agent, CancellationToken cancellationToken)
                    => Enum.Parse<Team>((await agent.CompleteAsync("classify: " + probe, cancellationToken)).Text);

                [SubAgent, When(nameof(Classify), Team.Billing)]
                public async ValueTask<string> Bill(string text, SubAgentContext agent, CancellationToken cancellationToken)
                    => (await agent.CompleteAsync("bill: " + text, cancellationToken)).Text;

                [SubAgent, When(nameof(Classify), Team.Technical)]
                public async ValueTask<string> Mend(string text, SubAgentContext agent, CancellationToken cancellationToken)
                    => (await agent.CompleteAsync("mend: " + text, cancellationToken)).Text;

                [Tool, Output]
                public static Answer Done([FromAny(nameof(Bill), nameof(Mend))] IReadOnlyList<string> texts, [From(nameof(Classify))] Team team, Days age) => new(team, texts, age);

                [Score]
                public static double Score(Ticket expected, Answer answer) => expected.Team == answer.Team && expected.Age == answer.Age && answer.Texts.Count == 1 ? 1 : 0;

                [Score(nameof(Classify))]
                public static double ScoreClass(Ticket expected, Team team) => expected.Team == team ? 1 : 0;

                [Score(nameof(Bill))]
                public static double ScoreBill(Ticket expected, string text) => text == "paid" ? 1 : 0;

                [Score(nameof(Mend))]
                public static double ScoreMend(Ticket expected, string text) => text == "mended" ? 1 : 0;
            }
            """);
        Write($"{folder}/flowcompile.json", """
            { "models": { "small": { "replay": "calls.jsonl" }, "large": { "replay": "calls.jsonl" } }, "budgets": [0], "workflows": { "desk": { "cases": "cases.jsonl" } } }
            """);
        List<string> cases = [], calls = [];
        for (var i = 0; i < 4; i++)
        {
            var isBilling = i % 2 == 0;
            cases.Add(JsonSerializer.Serialize(new { id = $"{i}", text = $"ticket {i}", age = $"{i}d", team = isBilling ? "billing-team" : "Technical" }));
            foreach (var model in new[] { "small", "large" })
            {
                void Call(string prompt, string answer) =>
                    calls.Add(JsonSerializer.Serialize(new { model, prompt, answer, totalMs = model == "small" ? 5 : 20, firstTokenMs = 2, inputTokens = 5, outputTokens = 2 }));
                Call($"classify: ticket {i}", isBilling || (model == "small" && i == 1) ? "Billing" : "Technical");
                Call($"bill: ticket {i}", "paid");
                Call($"mend: ticket {i}", "mended");
            }
        }

        Write($"{folder}/cases.jsonl", string.Join('\n', cases));
        Write($"{folder}/calls.jsonl", string.Join('\n', calls));
    }

    public void Dispose() => _root.Delete(recursive: true);
}
