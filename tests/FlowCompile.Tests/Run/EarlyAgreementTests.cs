using FlowCompile.Graph;
using FlowCompile.Plans;
using FlowCompile.Tests.Run.Golden.Agreeing;

namespace FlowCompile.Tests.Run;

public sealed class EarlyAgreementTests : IDisposable
{
    private static readonly WorkflowConfiguration s_all = VoteWorkflow.Plan.Default;
    private readonly HeldModel _model = new();

    public void Dispose() => _model.Dispose();

    [Fact]
    public async Task ListEnds_WhenEnoughAgree_AndTheRestIsCanceled()
    {
        var run = RunAsync();
        await _model.AskedAsync(4);
        _model.Answer("[draft]", 1, "seven");
        Assert.Equal(3, await _model.RunningAsync(3));

        _model.Answer("[draft]", 2, " seven ");

        await _model.AskedAsync(1);
        Assert.Equal("[choose] seven| seven ", _model.Prompts[^1]);
        Assert.Equal(1, await _model.RunningAsync(1));
        _model.Answer("[choose]", 0, "7");
        var result = await run;
        Assert.Equal("7", result.Output);
        Assert.Equal(3, result.Calls.Count);
        Assert.Empty(result.Failures);
        var agreement = Assert.Single(result.Agreements);
        Assert.Equal(("Choose", 2), (agreement.Node, agreement.Candidates));
        Assert.Equal(["Outline", "Careful", "Draft"], agreement.Stopped);
        Assert.DoesNotContain(_model.Prompts, prompt => prompt.StartsWith("[careful]", StringComparison.Ordinal));
    }

    [Fact]
    public async Task List_HoldsAllThatAreThere_InTheirOrder()
    {
        var run = RunAsync();
        await _model.AskedAsync(4);
        _model.Answer("[outline]", 0, "o");
        await _model.AskedAsync(1);
        _model.Answer("[careful]", 0, "a");
        _model.Answer("[draft]", 2, "b");
        Assert.Equal(2, await _model.RunningAsync(2));

        _model.Answer("[draft]", 0, "a");

        await _model.AskedAsync(1);
        Assert.Equal("[choose] a|b|a", _model.Prompts[^1]);
        _model.Answer("[choose]", 0, "a");
        Assert.Equal(["Draft"], Assert.Single((await run).Agreements).Stopped);
    }

    [Fact]
    public async Task WithoutAgreement_AllAreAwaited()
    {
        var run = RunAsync();
        await _model.AskedAsync(4);
        _model.Answer("[draft]", 0, "a");
        _model.Answer("[draft]", 1, "b");
        _model.Answer("[draft]", 2, "c");
        _model.Answer("[outline]", 0, "o");
        await _model.AskedAsync(1);

        _model.Answer("[careful]", 0, "d");

        await _model.AskedAsync(1);
        Assert.Equal("[choose] a|b|c|d", _model.Prompts[^1]);
        _model.Answer("[choose]", 0, "a");
        Assert.Empty((await run).Agreements);
    }

    [Fact]
    public async Task ACallThatWasStopped_IsNoFailureOfItsModel()
    {
        using var log = new KeptLog();
        using var models = new ModelCatalog().Add("mini", _model.Client);
        var run = new VoteWorkflow { Models = models, Runtime = new WorkflowRuntime { FailuresToBreak = 1, Logger = log.Logger } }.RunAsync("x", s_all);
        await _model.AskedAsync(4);
        _model.Answer("[draft]", 0, "a");
        _model.Answer("[draft]", 1, "a");
        await _model.AskedAsync(1);
        _model.Answer("[choose]", 0, "a");

        await run;

        Assert.False(models.HasOpenCircuit);
        Assert.Empty(log.Lines);
    }

    [Fact]
    public async Task Cancellation_ReachesTheCallsOfTheList()
    {
        using var caller = new CancellationTokenSource();
        var run = RunAsync(caller.Token);
        await _model.AskedAsync(4);

        await caller.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        Assert.Equal(0, await _model.RunningAsync(0));
    }

    [Fact]
    public async Task ComparisonThatThrows_IsOneErrorThatSaysSo()
    {
        var run = RunAsync();
        await _model.AskedAsync(4);

        _model.Answer("[draft]", 0, "?");

        var error = await Assert.ThrowsAsync<WorkflowException>(() => run);
        Assert.Equal("Workflow 'vote': the candidates of 'Choose' cannot be compared: no answer", error.Message);
        Assert.Equal(0, await _model.RunningAsync(0));
    }

    [Fact]
    public async Task ManyRuns_EndWithAgreementOrAllCandidates_AndLeaveNothingBehind()
    {
        var early = 0;
        for (var round = 0; round < 500; round++)
        {
            var random = new Random(round);
            var lists = new List<string[]>();
            var model = new FakeModel(async (prompt, token) =>
            {
                int roll;
                lock (random)
                {
                    roll = random.Next(12);
                }

                for (var i = 0; i < roll; i++)
                {
                    await Task.Yield();
                }

                token.ThrowIfCancellationRequested();
                if (prompt.StartsWith("[choose]", StringComparison.Ordinal))
                {
                    lists.Add(prompt["[choose] ".Length..].Split('|'));
                }

                return $"{roll % 3}";
            });

            var result = await new VoteWorkflow { Models = FakeModel.Catalog(model) }.RunAsync("x", s_all);

            Assert.Equal(0, model.Running);
            var list = Assert.Single(lists);
            Assert.Equal(list.Length < 4, result.Agreements.Count == 1);
            Assert.True(list.Length == 4 || list.GroupBy(answer => answer).Any(group => group.Count() >= 2), string.Join('|', list));
            Assert.Empty(result.Failures);
            early += result.Agreements.Count;
        }

        Assert.InRange(early, 50, 500);
    }

    [Fact]
    public void OnlyWhatNobodyElseNeeds_IsStopped()
    {
        var graph = new WorkflowGraph(
            "g",
            [
                Node("Shared", GraphInput.FromWorkflow("q", "string")),
                Node("Inner", GraphInput.FromUpstream("a", "string", "Shared")),
                Node("Deep", GraphInput.FromWorkflow("q", "string")),
                Node("Choice", GraphInput.FromCandidates("c", "string", ["Inner", "Deep"], 1, 2)),
                Node("Own", GraphInput.FromWorkflow("q", "string")),
                Node("Outer", GraphInput.FromCandidates("d", "string", ["Choice", "Own"], 1, 2), GraphInput.FromUpstream("s", "string", "Shared")),
            ],
            "Outer");

        var groups = StopGroups.Of(graph)!;

        Assert.Equal([-1, 3, 3, 5, 5, -1], groups);

        static GraphNode Node(string name, params GraphInput[] inputs) => new(name, NodeKind.SubAgent, "string", inputs);
    }

    [Fact]
    public void GraphHash_KnowsWhenAListEndsEarly()
    {
        var hashes = new[] { Hash(0, ""), Hash(2, ""), Hash(3, ""), Hash(2, "Same") };

        Assert.Equal(4, hashes.Distinct().Count());
        Assert.Equal(hashes[0], Hash(0, "Same"));

        static string Hash(int agree, string equality) => new WorkflowGraph(
            "g",
            [
                new GraphNode("A", NodeKind.SubAgent, "string", [GraphInput.FromWorkflow("q", "string")]) { MinReplicas = 3, MaxReplicas = 3 },
                new GraphNode("B", NodeKind.SubAgent, "string", [GraphInput.FromCandidates("a", "string", ["A"], 1, agree, equality)]),
            ],
            "B").Hash;
    }

    private Task<WorkflowResult<string>> RunAsync(CancellationToken cancellationToken = default) =>
        new VoteWorkflow { Models = FakeModel.Catalog(_model.Client) }.RunAsync("x", s_all, cancellationToken: cancellationToken);
}
