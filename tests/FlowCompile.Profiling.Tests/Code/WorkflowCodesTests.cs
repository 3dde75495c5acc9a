using FlowCompile.Graph;

[assembly: FlowCompile.WorkflowCode("FlowCompile.Profiling.Tests.Code.WorkflowCodesTests+Coded", "Answer", "source of Answer")]
[assembly: FlowCompile.WorkflowCode("FlowCompile.Profiling.Tests.Code.WorkflowCodesTests+Coded", "", "source of scores")]

namespace FlowCompile.Profiling.Tests.Code;

/// <summary>By what a profile tells code, and how one of an earlier version goes on.</summary>
public sealed class WorkflowCodesTests
{
    private static readonly WorkflowGraph s_graph = new("w", [new(nameof(Coded.Answer), NodeKind.SubAgent, "string", [GraphInput.FromWorkflow("question", "string")])], nameof(Coded.Answer));
    private static readonly string s_compiled = CodeHash.OfNode(typeof(Coded), nameof(Coded.Answer));

    [Fact]
    public void A_new_profile_tells_it_by_its_source()
    {
        var codes = WorkflowCodes.Of(typeof(Coded), s_graph, before: null);

        Assert.Equal(("source of Answer", "source of scores", true), (codes.Nodes.Single(), codes.Scores, codes.IsToldBySource));
        Assert.Empty(codes.Unmatched);
    }

    [Fact]
    public void A_profile_of_an_earlier_version_stays_valid_where_the_instructions_are_the_same()
    {
        var codes = WorkflowCodes.Of(typeof(Coded), s_graph, Manifest(WorkflowCodes.NodeHash(s_compiled, null), CodeHash.OfScores(typeof(Coded)), isToldBySource: false));

        Assert.Equal((s_compiled, CodeHash.OfScores(typeof(Coded)), false), (codes.Nodes.Single(), codes.Scores, codes.IsToldBySource));
        Assert.Empty(codes.Unmatched);
    }

    [Fact]
    public void Where_they_are_others_the_node_is_named()
    {
        var codes = WorkflowCodes.Of(typeof(Coded), s_graph, Manifest("compiled otherwise", "scores", isToldBySource: false));

        Assert.Equal(("source of Answer", true), (codes.Nodes.Single(), codes.IsToldBySource));
        Assert.Equal(["Answer"], codes.Unmatched);
    }

    [Fact]
    public void An_edit_since_a_profile_of_this_version_is_an_edit() =>
        Assert.Empty(WorkflowCodes.Of(typeof(Coded), s_graph, Manifest(WorkflowCodes.NodeHash("source before", null), "scores", isToldBySource: true)).Unmatched);

    [Fact]
    public void Without_a_hash_of_the_source_it_is_told_by_the_instructions() =>
        Assert.Equal(CodeHash.OfNode(typeof(Uncoded), nameof(Coded.Answer)), WorkflowCodes.Of(typeof(Uncoded), s_graph, before: null).Nodes.Single());

    private static ProfileManifest Manifest(string node, string scores, bool isToldBySource) => new()
    {
        Workflow = "w",
        GraphHash = "",
        Cases = 1,
        CasesHash = "",
        Seed = 1,
        Reference = "",
        WeakReference = "",
        Models = [],
        NodeHashes = new Dictionary<string, string> { ["Answer"] = node },
        ScoreHash = scores,
        IsToldBySource = isToldBySource,
        Concurrency = 1,
        Machine = "",
    };

    public static class Coded
    {
        [SubAgent]
        public static ValueTask<string> Answer(string question, SubAgentContext agent) => ValueTask.FromResult(question + agent.Setting.Budget);
    }

    public static class Uncoded
    {
        [SubAgent]
        public static ValueTask<string> Answer(string question, SubAgentContext agent) => ValueTask.FromResult(question + agent.Setting.Model);
    }
}
