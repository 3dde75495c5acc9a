using FlowCompile.Profiling.TestHost;

namespace FlowCompile.Profiling.Tests.Running;

public sealed class BatchTests : IDisposable
{
    private const int Cases = 40;
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Outcomes_are_those_of_calls_alone_and_the_first_of_each_setting_are_timed()
    {
        var (alone, aloneModels) = await ProfileAsync("alone.db", batch: 1);
        var (batched, models) = await ProfileAsync("batched.db", batch: 4);
        Assert.Equal(Hash(alone), Hash(batched));
        Assert.All(aloneModels, model => Assert.Equal((0, 0), (model.Size, model.Batched)));
        Assert.All(models, model => Assert.Equal(4, model.Size));
        Assert.Equal(aloneModels.Sum(model => model.Alone), models.Sum(model => model.Alone + model.Batched));
        Assert.Equal(0, alone.UntimedCalls);
        Assert.InRange(batched.UntimedCalls, batched.Outcomes.Count / 3, batched.Outcomes.Count);
        foreach (var group in batched.Outcomes.GroupBy(one => (one.Cell.Node, one.Cell.Setting)))
        {
            // Whole blocks of cases are timed until there are enough.
            var timed = group.Count(one => !one.Outcome.IsBatched);
            Assert.InRange(timed, TimedCalls.Enough, group.Count() - 1);
            Assert.All(group.Where(one => one.Outcome.IsBatched), one => Assert.Empty(one.Outcome.TokenTimes));
            var first = batched.Outcomes.Select(one => one.Cell.CaseId).Distinct().Take(10).ToHashSet();
            Assert.Contains(group.Where(one => first.Contains(one.Cell.CaseId)), one => !one.Outcome.IsBatched);
        }
    }

    [Fact]
    public async Task Calls_that_are_timed_have_no_other_company_than_the_concurrency_says()
    {
        var (_, models) = await ProfileAsync("store.db", batch: 4, delay: TimeSpan.FromMilliseconds(1), waits: true);
        Assert.All(models, model =>
        {
            Assert.False(model.WereMixed);
            Assert.InRange(model.MostAlone, 1, 3);
            Assert.InRange(model.MostBatched, 4, 3 * 4 * 2);
        });
    }

    [Fact]
    public async Task What_goes_in_batches_is_said_before()
    {
        var forecasts = new List<(ProfileForecast Forecast, int Batched)>();
        foreach (var maxTokens in new long?[] { 0, 9000, null })
        {
            var forecast = await ForecastAsync("store.db", batch: 4);
            var (_, models) = await ProfileAsync("store.db", batch: 4, maxTokens: maxTokens);
            forecasts.Add((forecast, models.Sum(model => model.Batched)));
        }

        Assert.All(forecasts, one => Assert.InRange(one.Batched, 0, one.Forecast.Models.Sum(model => model.BatchedCallsAtMost)));
        Assert.All(forecasts, one => Assert.All(one.Forecast.Models, model => Assert.InRange(model.BatchedCallsAtMost, 1, model.CallsAtMost)));
        Assert.NotEqual(0, forecasts[^1].Batched);
        Assert.All((await ForecastAsync("other.db", batch: 1)).Models, model => Assert.Equal(0, model.BatchedCallsAtMost));
    }

    [Fact]
    public async Task A_later_run_measures_nothing_again_whether_it_batches_or_not()
    {
        var (batched, _) = await ProfileAsync("store.db", batch: 4);
        foreach (var batch in new[] { 1, 4 })
        {
            var (again, models) = await ProfileAsync("store.db", batch);
            Assert.Equal(0, models.Sum(model => model.Alone + model.Batched));
            Assert.Equal(batched.ProfileHash, again.ProfileHash);
        }
    }

    [Fact]
    public async Task A_profile_that_was_stopped_goes_on_in_batches()
    {
        var (alone, _) = await ProfileAsync("alone.db", batch: 1);
        var (stopped, first) = await ProfileAsync("store.db", batch: 4, maxTokens: alone.Outcomes.Sum(one => one.Outcome.InputTokens + one.Outcome.ThinkingTokens + one.Outcome.OutputTokens) * 7 / 10);
        Assert.Equal(ProfileLimit.Tokens, stopped.StoppedBy);
        Assert.InRange(stopped.UntimedCalls, 1, stopped.Outcomes.Count - 1);
        var (rest, second) = await ProfileAsync("store.db", batch: 4);
        Assert.Equal(Hash(alone), Hash(rest));

        // On every case five calls in each of the two reference runs.
        Assert.Equal(alone.Outcomes.Count + (2 * 5 * Cases), first.Concat(second).Sum(model => model.Alone + model.Batched));

        // What is timed of each setting is not timed again.
        Assert.All(rest.Rows, row => Assert.InRange(
            rest.Outcomes.Count(one => one.Cell.Node == row.Node && one.Cell.Setting == row.Setting && !one.Outcome.IsBatched), Math.Min(TimedCalls.Enough, row.Planned), 100));
    }

    [Fact]
    public async Task Cases_none_of_which_was_timed_are_timed()
    {
        await ProfileAsync("store.db", batch: 4);
        var last = ProfileRun.Cases(DoublingWorkflow.Descriptor, Cases).Skip(Cases - 10).ToList();
        var (before, _) = await ProfileAsync("store.db", batch: 1, last, maxTokens: 0);
        Assert.DoesNotContain(before.Outcomes, one => one.Cell.Node == "Draft");
        var (after, models) = await ProfileAsync("store.db", batch: 1, last);
        Assert.True(after.IsComplete);
        foreach (var group in after.Outcomes.GroupBy(one => (one.Cell.Node, one.Cell.Setting)))
        {
            Assert.InRange(group.Count(one => !one.Outcome.IsBatched), Math.Min(TimedCalls.Enough, group.Count()), TimedCalls.Enough);
        }

        // Outputs that were there are scored alike, and no call was made that was not needed for a time.
        Assert.Equal(after.Outcomes.Count - after.UntimedCalls, models.Sum(model => model.Alone));
        var (alone, _) = await ProfileAsync("alone.db", batch: 1, last);
        Assert.Equal(Hash(alone), Hash(after));
    }

    [Fact]
    public async Task A_call_that_fails_in_a_batch_fails_its_own_cell()
    {
        static string Answer(FakeCall call) => call.Prompt.StartsWith("[guess] 4", StringComparison.Ordinal) && call.Prompt.Length == "[guess] 40".Length
            ? throw new InvalidOperationException("It is not known.")
            : Skill.Answer(call);
        var (alone, _) = await ProfileAsync("alone.db", batch: 1, answer: Answer);
        var (batched, _) = await ProfileAsync("batched.db", batch: 4, answer: Answer);
        Assert.Contains(batched.Outcomes, one => one.Outcome is { Failed: true, IsBatched: true });
        Assert.Equal(Hash(alone), Hash(batched));
        Assert.Equal(alone.Rows.Select(row => (row.Node, row.Setting, row.Failures, row.FirstError)), batched.Rows.Select(row => (row.Node, row.Setting, row.Failures, row.FirstError)));
    }

    [Fact]
    public void A_batch_of_none_is_refused()
    {
        using var store = ProfileStore.Open(_folder.File("store.db"));
        using var models = Doubling.Models();
        Assert.Throws<ArgumentOutOfRangeException>(() => new Profiler(DoublingWorkflow.Descriptor, models, Doubling.Settings(), store, new ProfilerOptions { Batch = 0 }));
    }

    private static string Hash(ProfileSummary summary) => ProfileSummary.HashOutcomes(summary.Outcomes, withTimes: false);

    private async Task<ProfileForecast> ForecastAsync(string name, int batch)
    {
        using var store = ProfileStore.Open(_folder.File(name));
        using var models = Doubling.Models();
        return await new Profiler(DoublingWorkflow.Descriptor, models, Doubling.Settings(), store, new ProfilerOptions { Batch = batch })
            .ForecastAsync(ProfileRun.Cases(DoublingWorkflow.Descriptor, Cases));
    }

    private async Task<(ProfileSummary Summary, BatchingModel[] Models)> ProfileAsync(
        string name, int batch, IReadOnlyList<WorkflowCase>? cases = null, long? maxTokens = null, TimeSpan delay = default, Func<FakeCall, string>? answer = null, bool waits = false)
    {
        using var store = ProfileStore.Open(_folder.File(name));
        BatchingModel[] models = [.. new[] { "small", "big" }.Select(model => new BatchingModel(new FakeModel(model, answer ?? Skill.Answer) { Delay = delay }) { WaitsForABatch = waits })];
        using var catalog = new ModelCatalog().Add("small", models[0]).Add("big", models[1]);
        var options = new ProfilerOptions { Concurrency = 3, Batch = batch, MaxTokens = maxTokens };
        return (await new Profiler(DoublingWorkflow.Descriptor, catalog, Doubling.Settings(), store, options)
            .RunAsync(cases ?? ProfileRun.Cases(DoublingWorkflow.Descriptor, Cases)), models);
    }
}
