using System.Globalization;
using FlowCompile.Profiling;
using FlowCompile.Settings;
using WordMath;

namespace FlowCompile.Models.Onnx.Tests;

/// <summary>The sample's profile in batches, against its profile with every call alone.</summary>
public class BatchedProfileTests
{
    // With more cases it takes all models and budgets.
    private static readonly int s_cases = int.Parse(Environment.GetEnvironmentVariable("FLOWCOMPILE_BATCH_CASES") ?? "40", CultureInfo.InvariantCulture);

    [Fact]
    public async Task Every_cell_has_the_outcome_of_a_call_of_its_own()
    {
        var alone = await ProfileAsync(batch: 1);
        var batched = await ProfileAsync(batch: 8);
        Assert.Equal(ProfileSummary.HashOutcomes(alone.Outcomes, withTimes: false), ProfileSummary.HashOutcomes(batched.Outcomes, withTimes: false));
        Assert.Equal(0, alone.UntimedCalls);
        Assert.InRange(batched.UntimedCalls, batched.Outcomes.Count / 4, batched.Outcomes.Count);
        var own = alone.Outcomes.ToDictionary(one => one.Cell, one => one.Outcome);
        Assert.All(batched.Outcomes, one =>
        {
            Assert.Equal(own[one.Cell].Output, one.Outcome.Output);
            Assert.Equal(own[one.Cell].ReusedTokens, one.Outcome.ReusedTokens);
            Assert.True(one.Outcome.Latency > TimeSpan.Zero);
        });
        Assert.All(batched.Rows, row => Assert.NotNull(row.Latency));
    }

    private static async Task<ProfileSummary> ProfileAsync(int batch)
    {
        var folder = Directory.CreateTempSubdirectory("flowcompile-profile-").FullName;
        try
        {
            var settings = ProjectSettings.Load(AppContext.BaseDirectory);
            if (s_cases <= 40)
            {
                settings = settings with
                {
                    Models = [settings.Models[0]],
                    Budgets = [0, 8, 64],
                    Workflows = [settings.Workflows[0] with { Reference = new Setting("nano", 64), WeakReference = new Setting("nano", 0) }],
                };
            }

            using var models = OnnxModels.Load(settings);
            using var store = ProfileStore.Open(Path.Combine(folder, "profile.db"));
            var cases = CaseFile.Read(Path.Combine(AppContext.BaseDirectory, "data", "validate.jsonl"), DescriptorOf<MathWorkflow>()).Take(s_cases).ToList();
            return await new Profiler(DescriptorOf<MathWorkflow>(), models, settings, store, new ProfilerOptions { Batch = batch }).RunAsync(cases);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static WorkflowDescriptor DescriptorOf<T>()
        where T : IWorkflow => T.Descriptor;
}
