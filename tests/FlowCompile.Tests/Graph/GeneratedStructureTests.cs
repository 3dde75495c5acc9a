extern alias Generators;

using System.Globalization;
using System.Reflection;
using System.Runtime.Loader;
using System.Text;
using FlowCompile.Graph;
using FlowCompile.Plans;
using FlowCompile.Tests.Run;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using Microsoft.Extensions.AI;
using Generator = Generators::FlowCompile.Generators;

namespace FlowCompile.Tests.Graph;

/// <summary>Random graphs through the generator: it reads a plan of all structures as the library wrote it, and what it emits runs what each structure says.</summary>
public class GeneratedStructureTests
{
    private static readonly CSharpParseOptions s_parse = new(LanguageVersion.Preview);

    private static readonly MetadataReference[] s_references =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => !Path.GetFileName(path).StartsWith("FlowCompile.Generators", StringComparison.Ordinal))
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 20)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Plan_OfAllStructures_IsReadByTheGenerator(int seed)
    {
        for (var part = 0; part < 10; part++)
        {
            var graph = RandomGraph.Create(10_000 + (seed * 10) + part, mostChoices: 300);
            if (PlanOfAll(graph) is not { } plan)
            {
                continue;
            }

            var read = Generator.Plans.PlanReader.TryRead(Encoding.UTF8.GetString(PlanFile.Serialize(plan, graph)), out var unreadable);
            Assert.Null(unreadable);
            var bound = Generator.Plans.PlanBinder.TryBind(null!, Copy(graph), "random.flowplan.json", read!, null, out var misfit);

            Assert.Null(misfit);
            Assert.Equal(plan.Configurations.Select(one => one.Structure.Counts), bound!.Configurations.Select(one => (IReadOnlyList<int>)[.. one.Counts]));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(10)]
    [InlineData(11)]
    public async Task Run_CallsWhatTheStructureSays(int seed)
    {
        var graph = RandomGraph.Create(20_000 + seed, mostChoices: 100);
        await RunAllAsync(graph);
    }

    [Fact]
    public async Task Run_OfAKeptOptionalSelector_HandsItsOnlyCandidateOn()
    {
        // Its list is read by Out, and its output is required by D: left out, it is in the latter alone.
        var graph = new WorkflowGraph(
            "random",
            [
                new("G", NodeKind.SubAgent, "string", [Graphs.Input("x")]) { MinReplicas = 1, MaxReplicas = 2 },
                new("Sel", NodeKind.SubAgent, "string", [Graphs.Input("x"), Graphs.Any("list", 2, "G")]) { IsOptional = true },
                new("Vote", NodeKind.SubAgent, "string", [Graphs.Input("x"), Graphs.Any("list", 3, "G", "Sel")]) { MinReplicas = 0, MaxReplicas = 2 },
                Graphs.Agent("D", Graphs.Input("x"), Graphs.From("sel", "Sel")),
                Graphs.Agent("Out", Graphs.Input("x"), Graphs.Any("list", 1, "D", "Sel", "Vote")),
            ],
            "Out");
        await RunAllAsync(graph);
    }

    [Fact]
    public async Task Run_OfASelectorWithTooFewCandidates_HasNone() => await RunAllAsync(new WorkflowGraph(
        "random",
        [
            Graphs.Agent("A", Graphs.Input("x")),
            new("B", NodeKind.SubAgent, "string", [Graphs.Input("x")]) { MinReplicas = 0, MaxReplicas = 2 },
            Graphs.Agent("Sel", Graphs.Any("list", 3, "A", "B")),
            Graphs.Agent("C", Graphs.Input("x"), Graphs.From("a", "A")),
            Graphs.Agent("Out", Graphs.Any("list", 1, "C", "Sel")),
        ],
        "Out"));

    private static async Task RunAllAsync(WorkflowGraph graph)
    {
        var descriptor = Build(graph);
        Assert.Equal(graph.Hash, descriptor.Graph.Hash);
        var workflow = descriptor.CreateWorkflow(FakeModel.Catalog(new RoutingModel()));
        var hasBranches = graph.Nodes.Any(node => node.Condition is not null);
        foreach (var structure in new StructureSpace(descriptor.Graph).Enumerate())
        {
            var configuration = Run.Configurations.Of(descriptor.Graph, structure);
            var (called, isSound) = (new HashSet<int>(), true);
            foreach (var x in Inputs(descriptor.Graph))
            {
                var interpreter = new Interpreter(descriptor, workflow, configuration, new RoutingModel(), [x], seed: 1);
                var expected = await TryAsync<InvalidOperationException>(interpreter.RunAsync);
                var seen = new Seen();

                var result = await TryAsync<WorkflowException>(async () =>
                    [(await descriptor.RunAsync(workflow, [x], configuration, new RunOptions { Seed = 1, Observer = seen, Sequential = true }, CancellationToken.None)).Output]);

                called.UnionWith(seen.Nodes);
                isSound &= expected is not null;
                var text = $"{structure.ToText(descriptor.Graph)} with {x}";
                Assert.All(seen.Nodes, node => Assert.True(structure.IsCalled(node), $"{descriptor.Graph.Nodes[node].Name} is called in {text}"));
                Assert.Equal(expected is [var output] ? output : null, result?[0]);
                if (expected is [_])
                {
                    // A run also calls what only a branch that is not taken would read; the interpreter does not ask for that.
                    var lines = interpreter.Seen.Lines(descriptor.Graph);
                    Assert.Equal(Lines(text, lines), Lines(text, seen.Outputs.Lines(descriptor.Graph).Where(line => lines.Contains(line) || !hasBranches)));
                }
            }

            if (isSound)
            {
                // Every branch was had, so that what may be called was.
                Assert.Equal(Enumerable.Range(0, descriptor.Graph.Nodes.Count).Where(structure.IsCalled), called.Order());
            }
        }

        static string Lines(string text, IEnumerable<string> lines) => string.Join('\n', [text, .. lines.Order(StringComparer.Ordinal)]);
    }

    private static async Task<object?[]?> TryAsync<T>(Func<Task<object?[]>> run)
        where T : Exception
    {
        try
        {
            return await run();
        }
        catch (T)
        {
            return null;
        }
    }

    /// <summary>An input for everything that routers can say, where tests fail and where they pass.</summary>
    private static IEnumerable<string> Inputs(WorkflowGraph graph)
    {
        IEnumerable<string> inputs = [";"];
        foreach (var router in graph.Nodes.Select(node => node.Condition?.Router).OfType<string>().Distinct())
        {
            inputs = inputs.SelectMany(input => new[] { "easy", "hard", "other" }.Select(value => $"{input}{router}={value};"));
        }

        var passed = string.Concat(graph.Nodes.Where(node => node.ResultType == "bool").Select(test => $"{test.Name}=pass;"));
        return passed.Length == 0 ? inputs : inputs.SelectMany(input => new[] { input, input + passed });
    }

    private static WorkflowDescriptor Build(WorkflowGraph graph)
    {
        var plan = PlanOfAll(graph)!;
        AdditionalText[] files = [new TextFile("/project/random.flowplan.json", Encoding.UTF8.GetString(PlanFile.Serialize(plan, graph)))];
        var input = CSharpCompilation.Create(
            "Random",
            [CSharpSyntaxTree.ParseText(WorkflowSource.Usings, s_parse), CSharpSyntaxTree.ParseText(WorkflowSource.Write(graph), s_parse)],
            s_references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        CSharpGeneratorDriver.Create([new Generator.WorkflowGenerator().AsSourceGenerator()], files, s_parse).RunGeneratorsAndUpdateCompilation(input, out var output, out var diagnostics);
        Assert.Empty(diagnostics);
        using var stream = new MemoryStream();
        var emitted = output.Emit(stream);
        Assert.Empty(emitted.Diagnostics.Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning && diagnostic.Id != "CS1591"));
        stream.Position = 0;
        var type = new AssemblyLoadContext("Random").LoadFromStream(stream).GetType(WorkflowSource.Type)!;
        var descriptor = (WorkflowDescriptor)typeof(GeneratedStructureTests).GetMethod(nameof(DescriptorOf), BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(type).Invoke(null, null)!;
        Assert.Equal(plan.Configurations.Select(one => one.Structure), descriptor.CompiledPlan!.Configurations.Select(one => one.Structure));
        return descriptor;
    }

    private static WorkflowDescriptor DescriptorOf<T>()
        where T : IWorkflow => T.Descriptor;

    private static WorkflowPlan? PlanOfAll(WorkflowGraph graph)
    {
        WorkflowConfiguration[] all = [.. new StructureSpace(graph).Enumerate().Select((structure, i) => new WorkflowConfiguration(
            string.Create(CultureInfo.InvariantCulture, $"c{i}"),
            structure,
            Run.Configurations.Of(graph, structure).Settings,
            new Estimate { Accuracy = 0.5, LatencySeconds = i }))];
        return all.Length == 0 ? null : new WorkflowPlan(graph.Name, graph.Hash, "independent", "parallel", all, null);
    }

    private static Generators::FlowCompile.Graph.WorkflowGraph Copy(WorkflowGraph graph) => new(
        graph.Name,
        [
            .. graph.Nodes.Select(node => new Generators::FlowCompile.Graph.GraphNode(
                node.Name, (Generators::FlowCompile.Graph.NodeKind)node.Kind, node.ResultType, [.. node.Inputs.Select(Copy)])
            {
                IsOptional = node.IsOptional,
                MinReplicas = node.MinReplicas,
                MaxReplicas = node.MaxReplicas,
                Repair = node.Repair is { } repair ? new(repair.Test, repair.Target, repair.MinAttempts, repair.MaxAttempts) : null,
                Condition = node.Condition is { } condition ? new(condition.Router, condition.Values) : null,
            }),
        ],
        graph.Nodes[graph.Output].Name);

    private static Generators::FlowCompile.Graph.GraphInput Copy(GraphInput input) => input.Kind switch
    {
        InputKind.Workflow => Generators::FlowCompile.Graph.GraphInput.FromWorkflow(input.Parameter, input.Type),
        InputKind.Upstream => Generators::FlowCompile.Graph.GraphInput.FromUpstream(input.Parameter, input.Type, input.Sources[0]),
        _ => Generators::FlowCompile.Graph.GraphInput.FromCandidates(input.Parameter, input.Type, input.Sources, input.MinBranches, input.Agree, input.Equality),
    };

    private sealed class TextFile(string path, string text) : AdditionalText
    {
        public override string Path => path;

        public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(text, Encoding.UTF8);
    }

    private sealed class Seen : INodeObserver
    {
        public HashSet<int> Nodes { get; } = [];

        public SeenOutputs Outputs { get; } = new();

        public void OnOutput(int node, int replica, int attempt, IReadOnlyList<object?> inputs, object? output)
        {
            Outputs.OnOutput(node, replica, attempt, inputs, output);
            lock (Nodes)
            {
                Nodes.Add(node);
            }
        }
    }

    /// <summary>A router's answer is what the input says; any other is of this prompt and this seed alone.</summary>
    private sealed class RoutingModel : IChatClient
    {
        public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        {
            var prompt = string.Concat(messages.Select(message => message.Text));
            var name = prompt[1..prompt.IndexOf(']', StringComparison.Ordinal)];
            var hash = RunSeeds.OfName(string.Create(CultureInfo.InvariantCulture, $"{prompt}/{options!.Seed}"));
            var answer = !name.EndsWith("Route", StringComparison.Ordinal) ? string.Create(CultureInfo.InvariantCulture, $"{name}-{hash % 1_000_000}")
                : prompt.Contains($";{name}=easy;", StringComparison.Ordinal) ? "easy"
                : prompt.Contains($";{name}=hard;", StringComparison.Ordinal) ? "hard"
                : "other";
            return Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, answer)));
        }

        public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}
