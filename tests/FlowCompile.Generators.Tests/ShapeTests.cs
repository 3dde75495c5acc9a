using FlowCompile.Generators.Tests.Harness;

namespace FlowCompile.Generators.Tests;

/// <summary>Where and how a workflow may be declared: everything generated compiles without a warning.</summary>
public class ShapeTests
{
    private const string Body = """
        {
            [SubAgent, Output]
            public async ValueTask<string> Answer(string question, SubAgentContext agent, CancellationToken cancellationToken)
                => (await agent.CompleteAsync(question, cancellationToken)).Text;
        }
        """;

    public static TheoryData<string> Declarations => new()
    {
        $"[Workflow(\"w\")] public sealed partial class W {Body}",
        $"namespace A.B; [Workflow(\"w\")] internal sealed partial class W {Body}",
        $"namespace @class.@namespace; [Workflow(\"w\")] public partial class @event {Body}",
        $"[Workflow(\"w\")] public sealed partial record W {Body}",
        $"public partial class Outer {{ private partial struct Middle {{ [Workflow(\"w\")] internal sealed partial class W {Body} }} }}",
        $"public partial interface IOuter {{ [Workflow(\"w\")] sealed partial class W {Body} }}",
        $"public partial class Outer<T> where T : class {{ [Workflow(\"w\")] public sealed partial class W {Body} }}",
        $"[Workflow(\"w\")] public sealed partial class W<T, TOther> where T : notnull {Body}",
        $"[Workflow(\"w\")] public sealed partial class Wörkflow {Body.Replace("Answer", "Ответ", StringComparison.Ordinal).Replace("question", "質問", StringComparison.Ordinal)}",
        $"[Workflow(\"w\")] public sealed partial class W(int number) {{ public int Number => number; {Body[1..]}",
        $"[Workflow(\"w\")] public sealed partial class W {{ public required string Must {{ get; init; }} {Body[1..]}",
        $"public partial class One {Body.Replace("[SubAgent, Output]", "[SubAgent]", StringComparison.Ordinal)} [Workflow(\"w\")] public sealed partial class W : One {{ [Tool, Output] public static string Trim([From(nameof(Answer))] string answer) => answer.Trim(); }}",
        $"[Workflow(\"w\")] public sealed partial class W {Body} public sealed partial class W {{ [Score] internal static bool Right(string expected, string answer) => expected == answer; }}",
        $"[Workflow(\"w\")] public sealed partial class @file {Body}",
        $"[Workflow(\"w\")] public sealed partial class @required<@scoped, @where> {Body}",
        $"[Workflow(\"w\")] public sealed partial class W {{ private W() {{ }} {Body[1..]}",
        $"[Workflow(\"w\")] public sealed partial class W {{ [Obsolete(\"no\", true)] public W() {{ }} {Body[1..]}",
        $"[Obsolete(\"no\", true), Workflow(\"w\")] public sealed partial class W {Body}",
        $"[Obsolete] public class Old; [Workflow(\"w\")] public sealed partial class W {{ [Obsolete(\"old\"), Tool, Output] public static Old Answer(Old question) => question; }}",
        $"public static class WServices; [Workflow(\"w\")] public sealed partial class W {Body}",
        $"public partial class Outer {{ [Workflow(\"w\")] public sealed partial class W {Body} }} [Workflow(\"w2\")] public sealed partial class OuterW {Body}",
        $"[Workflow(\"w\")] public sealed partial class Flow {Body} [Workflow(\"w2\")] public sealed partial class FLOW {Body}",
        $"[Workflow(\"w\")] public sealed partial class Flow_1 {Body} [Workflow(\"w2\")] public sealed partial class Flow<T> {Body}",
        $"namespace A {{ [Workflow(\"w\")] public sealed partial class W {Body} }} namespace a {{ [Workflow(\"w2\")] public sealed partial class W {Body} }}",
    };

    [Theory]
    [MemberData(nameof(Declarations))]
    public void Declaration_CompilesWithoutWarnings(string declaration) => AssertGenerates(declaration);

    [Theory]
    [InlineData("workflow")]
    [InlineData("run")]
    [InlineData("call")]
    [InlineData("output")]
    [InlineData("exception")]
    [InlineData("preference")]
    [InlineData("options")]
    [InlineData("configuration")]
    [InlineData("Graph")]
    [InlineData("Plan")]
    [InlineData("Models")]
    [InlineData("Dispatch")]
    [InlineData("answer")]
    [InlineData("@class")]
    [InlineData("@await")]
    [InlineData("result")]
    public void InputOfAnyName_DoesNotClashWithGeneratedNames(string name) =>
        AssertGenerates($"[Workflow(\"w\")] public sealed partial class W {Body.Replace("question", name, StringComparison.Ordinal)}");

    [Theory]
    [InlineData("Start")]
    [InlineData("Run")]
    [InlineData("@class")]
    [InlineData("Select")]
    [InlineData("Output")]
    [InlineData("Workflow")]
    public void NodeOfAnyName_DoesNotClashWithGeneratedNames(string name) =>
        AssertGenerates($"[Workflow(\"w\")] public sealed partial class W {Body.Replace("Answer", name, StringComparison.Ordinal)}");

    [Fact]
    public void TypesOfEveryKind_PassBetweenNodes() => AssertGenerates("""
        public enum Level { Easy, Hard }
        public readonly record struct Draft(string Text, int? Number);
        public sealed record Report(bool Passed) : ITestResult;

        [Workflow("w")]
        public sealed partial class W
        {
            [Tool] public static Level Classify(string question, int[] numbers, (string Name, int Count) pair) => question.Length > 80 ? Level.Hard : Level.Easy;

            [SubAgent(Models = ["a\"b"], Budgets = [0, 8], Temperature = 0.5f), When(nameof(Classify), Level.Easy), Replicas(0, 2)]
            public async Task<Draft?> Quick(string question, SubAgentContext agent, CancellationToken cancellationToken)
                => new Draft((await agent.CompleteAsync(question, cancellationToken)).Text, null);

            [SubAgent, Otherwise(nameof(Classify))]
            public async ValueTask<Draft?> Careful(string question, SubAgentContext agent, CancellationToken cancellationToken)
                => new Draft((await agent.CompleteAsync(question, cancellationToken)).Text, 1);

            [SubAgent]
            public async ValueTask<Draft?> Choose(
                [FromAny(nameof(Quick), nameof(Careful), MinBranches = 2)] IReadOnlyList<Draft?> drafts, SubAgentContext agent, CancellationToken cancellationToken)
                => (await agent.CompleteAsync($"{drafts.Count}", cancellationToken)).Text.Length > 0 ? drafts[0] : drafts[1];

            [Tool] public Report Test([From(nameof(Choose))] Draft? draft, Dictionary<string, List<int>> table) => new(draft is not null && table.Count > 0);

            [SubAgent, RetryUntil(nameof(Test), MinAttempts = 1, MaxAttempts = 2), Output]
            public async ValueTask<Draft?> Fix([From(nameof(Choose))] Draft? draft, [From(nameof(Test))] Report report, SubAgentContext agent, CancellationToken cancellationToken)
                => new Draft((await agent.CompleteAsync($"{draft} {report}", cancellationToken)).Text, 2);
        }
        """);

    [Theory]
    [InlineData("internal", "internal")]
    [InlineData("public", "public")]
    [InlineData("private", "private")]
    public void RunAsync_IsNoMorePublicThanItsTypes(string ofTypes, string ofRun)
    {
        var run = GeneratorRun.Over([Sources.ImplicitUsings, "global using FlowCompile;", $$"""
            [Workflow("w")]
            public sealed partial class W
            {
                {{ofTypes}} sealed record Question(string Text);

                [Tool]
                {{ofTypes}} static Question[] Trim(List<Question[]> questions) => questions[0];

                [Tool, Output]
                {{ofTypes}} static Question? Choose([From(nameof(Trim))] Question[] questions) => questions[0];
            }
            """]);

        run.AssertCompiles();
        Assert.Contains($"{ofRun} global::System.Threading.Tasks.Task<", run.Generated["W.Run.g.cs"], StringComparison.Ordinal);
    }

    [Fact]
    public void OptionalStages_HandOnWhatTheyWouldHaveReceived() => AssertGenerates("""
        [Workflow("w")]
        public sealed partial class W
        {
            [SubAgent(Optional = true)]
            public async ValueTask<string> Rewrite(string question, SubAgentContext agent, CancellationToken cancellationToken)
                => (await agent.CompleteAsync(question, cancellationToken)).Text;

            [SubAgent(Optional = true)]
            public async ValueTask<string> Draft([From(nameof(Rewrite))] string question, SubAgentContext agent, CancellationToken cancellationToken)
                => (await agent.CompleteAsync(question, cancellationToken)).Text;

            [SubAgent]
            public async ValueTask<string> Other([From(nameof(Draft))] string draft, SubAgentContext agent, CancellationToken cancellationToken)
                => (await agent.CompleteAsync(draft, cancellationToken)).Text;

            [SubAgent(Optional = true), Output]
            public async ValueTask<string> Select(
                [FromAny(nameof(Draft), nameof(Other))] IReadOnlyList<string> drafts, SubAgentContext agent, CancellationToken cancellationToken)
                => (await agent.CompleteAsync(string.Join(' ', drafts), cancellationToken)).Text;
        }
        """);

    private static void AssertGenerates(string source)
    {
        // A file-scoped namespace comes after the usings and before everything else, so the usings are global here.
        var run = GeneratorRun.Over([Sources.ImplicitUsings, "global using FlowCompile;", source]);

        Assert.NotEmpty(run.Generated);
        run.AssertCompiles();
    }
}
