using FlowCompile.Graph;

namespace FlowCompile.Compilation.Tests;

/// <summary>What the calls of a node may run under.</summary>
public sealed class CallOptionsTests
{
    [Theory]
    [InlineData(1, 3)]
    [InlineData(2, 6)]
    [InlineData(3, 10)]
    public void Replicas_have_every_choice_once_whatever_the_order(int calls, int count)
    {
        var options = new CallOptions(Profile(settings: 3), mayDiffer: true);
        var all = options.Of(0, calls);
        Assert.Equal(count, all.Count);
        Assert.Equal(count, options.CountOf(0, calls));
        Assert.Equal(count, all.Select(one => string.Join(' ', Enumerable.Range(0, calls).Select(call => one[call].ToString()).Order(StringComparer.Ordinal))).Distinct().Count());
        Assert.All(all, one => Assert.Equal(one, CallSettings.ForReplicas(Enumerable.Range(0, calls).Select(call => one[call]))));
    }

    [Fact]
    public void Where_calls_may_not_differ_each_setting_is_one_option()
    {
        var profile = Profile(settings: 3);
        Assert.Equal(profile.Of(0).Select(row => (CallSettings)row.Setting), new CallOptions(profile, mayDiffer: false).Of(0, 3));
        Assert.False(new CallOptions(Profile(settings: 3, same: true), mayDiffer: true).MayDiffer(0, 3));
        Assert.False(new CallOptions(Profile(settings: 1), mayDiffer: true).MayDiffer(0, 3));
    }

    [Fact]
    public void What_has_too_many_options_to_be_searched_has_one_setting()
    {
        // 44 settings: 990 choices of two, 15,180 of three.
        var options = new CallOptions(Profile(settings: 44), mayDiffer: true);
        Assert.True(options.MayDiffer(0, 2) && !options.HasTooMany(0, 2));
        Assert.True(!options.MayDiffer(0, 3) && options.HasTooMany(0, 3));
        Assert.Equal(990, options.Of(0, 2).Count);
        Assert.Equal(44, options.Of(0, 3).Count);
        Assert.Equal(15180, options.CountEach(0, 3));
    }

    [Fact]
    public void Same_is_part_of_the_graphs_hash_and_nothing_else_is_new_in_it()
    {
        Assert.NotEqual(Profile(3).Graph.Hash, Profile(3, same: true).Graph.Hash);
        Assert.Equal(Profile(3).Graph.Hash, Profile(3, same: false).Graph.Hash);
    }

    [Fact]
    public void Replicas_differ_where_that_is_better()
    {
        // One fast and one good replica, one after the other: .95 in 5 s, between .75 in 2 s and .99 in 8 s of two under one setting.
        var profile = Profile((0.5, 1), (0.9, 4));
        var open = FlowCompiler.Compile(profile, new CompileOptions { Schedule = Schedule.Sequential, SettingPerCall = true }).Plan;
        Assert.Contains("A=m@0+m@1", open.Configurations.Select(one => one.ToText(profile.Graph)));
        var mixed = open.Configurations.Single(one => one.ToText(profile.Graph) == "A=m@0+m@1").Estimate!;
        Assert.Equal(0.95, mixed.Accuracy, 12);
        Assert.Equal(5, mixed.LatencySeconds, 12);
        var closed = FlowCompiler.Compile(profile, new CompileOptions { Schedule = Schedule.Sequential }).Plan;
        Assert.DoesNotContain(closed.Configurations, one => one.Settings.Any(settings => settings is { IsUniform: false }));
    }

    private static ProfileTable Profile(int settings, bool same = false) => Profile(same, [.. Enumerable.Range(0, settings).Select(i => ((i + 1) / (settings + 1.0), i + 1.0))]);

    private static ProfileTable Profile(params (double Accuracy, double Latency)[] rows) => Profile(false, rows);

    private static ProfileTable Profile(bool same, (double Accuracy, double Latency)[] rows)
    {
        var replicated = new GraphNode("A", NodeKind.SubAgent, "string", [GraphInput.FromWorkflow("x", "string")]) { MinReplicas = 1, MaxReplicas = 3, HasSameSettings = same };
        var output = new GraphNode("Out", NodeKind.Tool, "string", [GraphInput.FromCandidates("all", "string", ["A"], 1)]);
        return new ProfileTable(new WorkflowGraph("w", [replicated, output], "Out"), new Dictionary<string, IReadOnlyList<SettingProfile>>
        {
            ["A"] = [.. rows.Select((row, i) => new SettingProfile(new Setting("m", i), row.Accuracy, row.Latency, 0, 100))],
        });
    }
}
