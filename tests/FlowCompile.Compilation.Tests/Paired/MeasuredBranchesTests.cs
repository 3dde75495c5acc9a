using FlowCompile.Graph;
using static FlowCompile.Compilation.Tests.Nodes;

namespace FlowCompile.Compilation.Tests;

/// <summary>Branches are weighted by how often they were taken when the profile was measured.</summary>
public sealed class MeasuredBranchesTests
{
    private const double Tolerance = 1e-12;
    private static readonly Setting s_setting = new("m", 0);

    [Fact]
    public void A_sub_agent_that_routes_takes_a_branch_as_often_as_its_outputs_say()
    {
        var graph = new WorkflowGraph("w", [Agent("R"), When("E", "R", "easy"), Otherwise("H", "R"), Tool("Z", FromAny(1, "E", "H"))], "Z");
        string[] outputs = ["\"easy\"", "\"easy\"", "\"easy\"", "\"odd\""];
        var routed = outputs.Select((output, one) => ("R", new RecordedCall(one, InputState.Right, 1, 1, output)));
        var profile = Profile(graph, 4, routed.Concat(All("E", 1, 4)).Concat(All("H", 0, 4)), ("R", 1), ("E", 1), ("H", 0));
        Assert.Equal([("\"easy\"", 0.75), (BranchProbabilities.Other, 0.25)], MeasuredBranches.Of(profile.Recorded!).Of(graph, "R"));
        Assert.All(new[] { ProxyKind.Independent, ProxyKind.Paired }, proxy => Assert.Equal(0.75, Accuracy(profile, proxy), Tolerance));
    }

    [Fact]
    public void A_tool_that_routes_takes_a_branch_on_the_cases_that_have_calls_there()
    {
        var graph = new WorkflowGraph("w", [Agent("A"), Tool("R", From("A")), When("E", "R", "easy"), When("H", "R", "hard"), Tool("Z", FromAny(1, "E", "H"))], "Z");
        var calls = All("A", 1, 5).Concat(All("E", 1, 4)).Append(("H", new RecordedCall(4, InputState.Right, 0, 1)));
        var profile = Profile(graph, 5, calls, ("A", 1), ("E", 1), ("H", 0));
        Assert.Equal([("\"easy\"", 0.8), ("\"hard\"", 0.2)], MeasuredBranches.Of(profile.Recorded!).Of(graph, "R"));
        Assert.Equal(0.8, Accuracy(profile, ProxyKind.Independent), Tolerance);
    }

    [Fact]
    public void Calls_on_inputs_that_were_put_together_say_nothing_of_branches()
    {
        var graph = new WorkflowGraph("w", [Agent("A"), Tool("R", From("A")), When("E", "R", "easy"), When("H", "R", "hard"), Tool("Z", FromAny(1, "E", "H"))], "Z");
        var composed = All("E", 1, 5).Skip(4).Concat(All("H", 0, 4)).Select(one => (one.Item1, one.Item2 with { IsComposed = true }));
        var calls = All("A", 1, 5).Concat(All("E", 1, 4)).Append(("H", new RecordedCall(4, InputState.Right, 0, 1))).Concat(composed);
        var profile = Profile(graph, 5, calls, ("A", 1), ("E", 1), ("H", 0));
        Assert.Equal([("\"easy\"", 0.8), ("\"hard\"", 0.2)], MeasuredBranches.Of(profile.Recorded!).Of(graph, "R"));
    }

    [Fact]
    public void A_branch_of_tools_is_taken_where_no_other_had_calls()
    {
        var graph = new WorkflowGraph(
            "w", [Agent("A"), Tool("R", From("A")), new GraphNode("E", NodeKind.Tool, "string", [Problem]) { Condition = When("E", "R", "easy").Condition }, When("H", "R", "hard"), Tool("Z", FromAny(1, "E", "H"))], "Z");
        var profile = Profile(graph, 5, All("A", 1, 5).Concat(All("H", 0, 1)), ("A", 1), ("H", 0));
        Assert.Equal([("\"easy\"", 0.8), ("\"hard\"", 0.2)], MeasuredBranches.Of(profile.Recorded!).Of(graph, "R"));
    }

    [Fact]
    public void A_tool_that_routes_takes_the_branch_that_it_returned_on_the_case()
    {
        var profile = Routed((0, true, "easy", false), (1, true, "easy", false), (2, true, "easy", false), (3, true, "hard", false));

        // The easy cases are solved by one branch, the hard one by the other: only case by case that is all of them.
        Assert.Equal([("\"easy\"", 0.75), ("\"hard\"", 0.25)], MeasuredBranches.Of(profile.Recorded!).Of(profile.Graph, "R"));
        Assert.Equal(1, Accuracy(profile, ProxyKind.Paired), Tolerance);
        var asked = new Dictionary<string, IReadOnlyDictionary<string, double>> { ["R"] = new Dictionary<string, double> { ["\"easy\""] = 0.75, ["\"hard\""] = 0.25 } };
        Assert.Equal((0.75 * 0.75) + (0.25 * 0.25), Accuracy(profile, ProxyKind.Paired, new BranchProbabilities(asked)), Tolerance);
    }

    [Fact]
    public void Where_a_tool_was_not_seen_with_such_inputs_it_goes_as_on_cases_that_go_the_same_way_with_others()
    {
        // Wrong inputs turn what is easy into hard: that was seen on the first two cases. The others are as they are with right ones.
        var profile = Routed((0, true, "easy", false), (0, false, "hard", true), (1, true, "easy", false), (1, false, "hard", false), (2, true, "easy", false), (3, true, "hard", false));
        var wrong = new ToolRoutes(profile.Recorded!.Routes[1], 4, [("\"easy\"", 0), ("\"hard\"", 0)]).Of(InputState.Wrong);
        Assert.Equal([0, 0, 0, 0], wrong.Probabilities[0][..4]);
        Assert.Equal([1, 1, 1, 1], wrong.Probabilities[2][..4]);
        Assert.Equal([0, 0, 1, 1], wrong.Borrowed[..4]);

        // Of a case with no record there are all others with such inputs.
        var right = new ToolRoutes(profile.Recorded!.Routes[1], 5, [("\"easy\"", 0), ("\"hard\"", 0)]).Of(InputState.Right);
        Assert.Equal(0.75, right.Probabilities[1][4], Tolerance);
        Assert.Equal(0.25, right.Probabilities[3][4], Tolerance);
    }

    [Fact]
    public void What_only_composed_inputs_show_has_the_default_branch()
    {
        var graph = new WorkflowGraph("w", [Agent("A"), Tool("R", From("A")), When("E", "R", "easy"), Otherwise("H", "R"), Tool("Z", FromAny(1, "E", "H"))], "Z");
        var calls = All("A", 0, 2).Concat(All("E", 0, 2)).Concat(All("H", 1, 2));
        var routes = from one in Enumerable.Range(0, 2)
                     from right in new[] { true, false }
                     select new RecordedRoute(one, right ? InputState.Right : InputState.Wrong, right ? "\"easy\"" : "\"odd\"", IsComposed: !right);
        var profile = Profile(graph, 2, calls, new Dictionary<int, IReadOnlyList<RecordedRoute>> { [1] = [.. routes] }, ("A", 0), ("E", 0), ("H", 1));
        Assert.Equal([("\"easy\"", 1), (BranchProbabilities.Other, 0)], MeasuredBranches.Of(profile.Recorded!).Of(graph, "R"));
        Assert.Equal(1, Accuracy(profile, ProxyKind.Paired), Tolerance);
        Assert.Equal(0, Accuracy(profile, ProxyKind.Independent), Tolerance);
    }

    [Fact]
    public void What_is_asked_for_goes_before_what_was_measured()
    {
        var graph = new WorkflowGraph("w", [Agent("R"), When("E", "R", "easy"), Otherwise("H", "R"), Tool("Z", FromAny(1, "E", "H"))], "Z");
        var routed = new[] { ("R", new RecordedCall(0, InputState.Right, 1, 1, "\"easy\"")) };
        var profile = Profile(graph, 1, routed.Concat(All("E", 1, 1)).Concat(All("H", 0, 1)), ("R", 1), ("E", 1), ("H", 0));
        Assert.Equal(0.5, Accuracy(profile, ProxyKind.Independent, BranchProbabilities.Equal), Tolerance);
        Assert.Equal(1, Accuracy(profile, ProxyKind.Independent), Tolerance);
    }

    // Three cases that E solves, and one that H solves; A is right on all.
    private static ProfileTable Routed(params (int Case, bool InputsRight, string Value, bool IsComposed)[] routes)
    {
        var graph = new WorkflowGraph("w", [Agent("A"), Tool("R", From("A")), When("E", "R", "easy"), When("H", "R", "hard"), Tool("Z", FromAny(1, "E", "H"))], "Z");
        var calls = All("A", 1, 4)
            .Concat(Enumerable.Range(0, 4).Select(one => ("E", new RecordedCall(one, InputState.Right, one < 3 ? 1 : 0, 1))))
            .Concat(Enumerable.Range(0, 4).Select(one => ("H", new RecordedCall(one, InputState.Right, one < 3 ? 0 : 1, 1))));
        return Profile(graph, 4, calls, new Dictionary<int, IReadOnlyList<RecordedRoute>>
        {
            [1] = [.. routes.Select(route => new RecordedRoute(route.Case, route.InputsRight ? InputState.Right : InputState.Wrong, $"\"{route.Value}\"", route.IsComposed))],
        }, ("A", 1), ("E", 0.75), ("H", 0.25));
    }

    private static double Accuracy(ProfileTable profile, ProxyKind proxy, BranchProbabilities? branches = null) =>
        Assert.Single(FlowCompiler.Compile(profile, new CompileOptions { Proxy = proxy, Branches = branches }).Plan.Configurations).Estimate!.Accuracy;

    private static IEnumerable<(string, RecordedCall)> All(string node, double score, int cases) =>
        Enumerable.Range(0, cases).Select(one => (node, new RecordedCall(one, InputState.Right, score, 1)));

    private static ProfileTable Profile(WorkflowGraph graph, int cases, IEnumerable<(string Node, RecordedCall Call)> calls, params (string Node, double Accuracy)[] rows) =>
        Profile(graph, cases, calls, new Dictionary<int, IReadOnlyList<RecordedRoute>>(), rows);

    private static ProfileTable Profile(
        WorkflowGraph graph,
        int cases,
        IEnumerable<(string Node, RecordedCall Call)> calls,
        IReadOnlyDictionary<int, IReadOnlyList<RecordedRoute>> routes,
        params (string Node, double Accuracy)[] rows) =>
        new(graph, rows.ToDictionary(row => row.Node, row => (IReadOnlyList<SettingProfile>)[new SettingProfile(s_setting, row.Accuracy, 1, 0, cases)]))
        {
            Recorded = new RecordedOutcomes(graph, cases, calls.GroupBy(one => one.Node).Select(group =>
                (graph.IndexOf(group.Key), s_setting, 0.0, (IReadOnlyCollection<RecordedCall>)[.. group.Select(one => one.Call)])))
            {
                Routes = routes,
            },
        };
}
