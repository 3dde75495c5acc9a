using FlowCompile.Profiling.TestHost;
using FlowCompile.Settings;
using Microsoft.Extensions.AI;

namespace FlowCompile.Profiling.Tests.Running;

public class SharedDecodeTests
{
    private static readonly ProjectSettings s_settings = Doubling.Settings() with { Budgets = [0, 8, 16, 32] };

    [Fact]
    public async Task One_decode_for_all_budgets_gives_the_outcomes_of_a_call_for_each()
    {
        var (alone, aloneModels) = await ProfileAsync(DoublingWorkflow.Descriptor, share: false);
        var (shared, sharedModels) = await ProfileAsync(DoublingWorkflow.Descriptor, share: true);
        Assert.Equal(ProfileSummary.HashOutcomes(alone.Outcomes, withTimes: false), ProfileSummary.HashOutcomes(shared.Outcomes, withTimes: false));
        Assert.All(aloneModels, model => Assert.Equal(0, model.Sweeps));
        Assert.All(alone.Outcomes, one => Assert.False(one.Outcome.IsDerived));

        // Single calls are those of the reference runs; each model has as many sweeps as groups of four budgets.
        Assert.Equal(shared.Outcomes.Count, 4 * sharedModels.Sum(model => model.Sweeps));
        Assert.Equal(aloneModels.Sum(model => model.Calls) - alone.Outcomes.Count, sharedModels.Sum(model => model.Calls));
    }

    [Fact]
    public async Task Outcomes_say_what_they_reused_and_their_latency_is_that_of_a_call_of_its_own()
    {
        var (shared, _) = await ProfileAsync(DoublingWorkflow.Descriptor, share: true);
        Assert.All(shared.Outcomes, one =>
        {
            var budget = one.Cell.Setting.Budget;
            Assert.Equal(budget == 32 ? 0 : budget / 2, one.Outcome.ReusedTokens);
            Assert.Equal(budget is 8 or 16, one.Outcome.IsDerived);

            // The fake model claims a millisecond for each token, far more than it takes; asking for four budgets at once adds nothing.
            Assert.True(one.Outcome.Latency >= TimeSpan.FromMilliseconds(1 + one.Outcome.ThinkingTokens + one.Outcome.OutputTokens));
        });
    }

    [Fact]
    public async Task A_sweep_that_fails_leaves_each_budget_to_a_call_of_its_own()
    {
        var (alone, _) = await ProfileAsync(DoublingWorkflow.Descriptor, share: false);
        var (failing, models) = await ProfileAsync(DoublingWorkflow.Descriptor, share: true, fails: true);
        Assert.Equal(ProfileSummary.HashOutcomes(alone.Outcomes, withTimes: false), ProfileSummary.HashOutcomes(failing.Outcomes, withTimes: false));
        Assert.Equal(failing.Outcomes.Count, 4 * models.Sum(model => model.Sweeps));
    }

    [Theory]
    [InlineData(typeof(AskingTwice))]
    [InlineData(typeof(AskingAtOnce))]
    [InlineData(typeof(AskingWithOptions))]
    public async Task A_sub_agent_of_any_code_has_the_outcomes_of_a_call_for_each(Type workflow)
    {
        var descriptor = new ReflectedDescriptor(DoublingWorkflow.Graph, workflow, typeof(NumberCase), ("problem", typeof(string)));
        var (alone, _) = await ProfileAsync(descriptor, share: false);
        var (shared, _) = await ProfileAsync(descriptor, share: true);
        Assert.Equal(ProfileSummary.HashOutcomes(alone.Outcomes, withTimes: false), ProfileSummary.HashOutcomes(shared.Outcomes, withTimes: false));
        var drafts = shared.Outcomes.Where(one => one.Cell.Node == "Draft").ToList();
        Assert.NotEmpty(drafts);
        Assert.Equal(workflow == typeof(AskingTwice), drafts.Any(one => one.Outcome.IsDerived));
    }

    private static async Task<(ProfileSummary Summary, SweepingModel[] Models)> ProfileAsync(WorkflowDescriptor descriptor, bool share, bool fails = false)
    {
        using var folder = new TestFolder();
        using var store = ProfileStore.Open(folder.File("profile.db"));
        SweepingModel[] models = [.. new[] { "small", "big" }.Select(name => new SweepingModel(new FakeModel(name, Skill.Answer) { Held = AskingAtOnce.BothAskedAsync }) { Fails = fails })];
        using var catalog = new ModelCatalog().Add("small", models[0]).Add("big", models[1]);
        var options = new ProfilerOptions { Concurrency = 3, ShareDecodes = share };
        return (await new Profiler(descriptor, catalog, s_settings, store, options).RunAsync(ProfileRun.Cases(descriptor, 5)), models);
    }

    // The second prompt depends on the first answer, and so on the budget.
    public class AskingTwice : DoublingWorkflow
    {
        public override async ValueTask<string> Draft(string problem, SubAgentContext agent, CancellationToken cancellationToken)
        {
            var first = (await agent.CompleteAsync($"[draft] {problem}", cancellationToken)).Text;
            return (await agent.CompleteAsync($"[refine] {problem} <hint> {first}", cancellationToken)).Text;
        }
    }

    // Two calls at once: their times cannot be told apart. The first is not answered before the second has arrived.
    public class AskingAtOnce : DoublingWorkflow
    {
        private static readonly AsyncLocal<Arrivals?> s_arrivals = new();

        public static Task BothAskedAsync() => s_arrivals.Value?.ArriveAsync() ?? Task.CompletedTask;

        public override async ValueTask<string> Draft(string problem, SubAgentContext agent, CancellationToken cancellationToken)
        {
            s_arrivals.Value = new Arrivals();
            var first = agent.CompleteAsync($"[draft] {problem}", cancellationToken);
            var second = agent.CompleteAsync($"[draft] {problem}", cancellationToken);
            return (await first).Text + (await second).Text[..0];
        }
    }

    // The calls of one invocation, each of which its model is told of where it runs.
    private sealed class Arrivals
    {
        private readonly TaskCompletionSource _both = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _arrived;

        public Task ArriveAsync()
        {
            if (Interlocked.Increment(ref _arrived) == 2)
            {
                _both.SetResult();
            }

            return _both.Task.WaitAsync(TimeSpan.FromMinutes(1));
        }
    }

    // Options that a sweep may not carry over.
    public class AskingWithOptions : DoublingWorkflow
    {
        public override async ValueTask<string> Draft(string problem, SubAgentContext agent, CancellationToken cancellationToken) =>
            (await agent.ChatClient.GetResponseAsync($"[draft] {problem}", new ChatOptions { StopSequences = ["."] }, cancellationToken)).Text;
    }
}
