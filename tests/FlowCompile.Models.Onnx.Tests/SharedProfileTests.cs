using FlowCompile.Profiling;
using FlowCompile.Settings;
using WordMath;

namespace FlowCompile.Models.Onnx.Tests;

/// <summary>The sample's profile with one decode for all budgets, against its profile with a call for each.</summary>
public class SharedProfileTests
{
    private const int Cases = 2;

    [Fact]
    public async Task Every_cell_has_the_outcome_of_a_call_of_its_own()
    {
        var alone = await ProfileAsync(share: false);
        var shared = (await ProfileAsync(share: true)).Outcomes.ToDictionary(one => one.Cell);
        Assert.Equal(alone.Outcomes.Count, shared.Count);
        Assert.All(alone.Outcomes, one =>
        {
            var other = shared[one.Cell].Outcome;
            Assert.Equal(one.Outcome.Output, other.Output);
            Assert.Equal(one.Outcome.Score, other.Score);
            Assert.Equal(one.Outcome.PromptHash, other.PromptHash);
            Assert.Equal(one.Outcome.InputTokens, other.InputTokens);
            Assert.Equal(one.Outcome.ThinkingTokens, other.ThinkingTokens);
            Assert.Equal(one.Outcome.OutputTokens, other.OutputTokens);
            Assert.Equal(one.Outcome.TokenTimes.Count, other.TokenTimes.Count);
            Assert.True(other.Latency >= other.TokenTimes[^1]);
            Assert.False(one.Outcome.IsDerived);
            Assert.Equal(one.Cell.Setting.Budget is > 0 and < 64, other.IsDerived);
        });

        var reused = shared.Values.Sum(one => one.Outcome.ReusedTokens);
        var generated = shared.Values.Sum(one => one.Outcome.ThinkingTokens + one.Outcome.OutputTokens);
        Assert.InRange(reused, generated / 3, generated);
    }

    private static async Task<ProfileSummary> ProfileAsync(bool share)
    {
        var folder = Directory.CreateTempSubdirectory("flowcompile-profile-").FullName;
        try
        {
            var settings = ProjectSettings.Load(AppContext.BaseDirectory);
            using var models = OnnxModels.Load(settings);
            using var store = ProfileStore.Open(Path.Combine(folder, "profile.db"));
            var cases = CaseFile.Read(Path.Combine(AppContext.BaseDirectory, "data", "validate.jsonl"), DescriptorOf<MathWorkflow>()).Take(Cases).ToList();
            return await new Profiler(DescriptorOf<MathWorkflow>(), models, settings, store, new ProfilerOptions { ShareDecodes = share }).RunAsync(cases);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static WorkflowDescriptor DescriptorOf<T>()
        where T : IWorkflow => T.Descriptor;
}
