using FlowCompile.Models.Onnx;

namespace FlowCompile.Profiling.Benchmarks;

/// <summary>Measures profiles.</summary>
internal static class Measurement
{
    /// <summary>Measures what a store does not have yet.</summary>
    /// <param name="experiment">What to measure.</param>
    /// <param name="path">The store; <see langword="null"/> for one that is empty and not kept.</param>
    /// <param name="race">What drops settings; <see langword="null"/> to measure all.</param>
    public static async Task<ProfileSummary> RunAsync(Experiment experiment, string? path, ISettingRace? race)
    {
        var folder = Directory.CreateTempSubdirectory("flowcompile-benchmark-").FullName;
        try
        {
            using var models = OnnxModels.Load(experiment.Settings);
            using var store = ProfileStore.Open(path ?? Path.Combine(folder, "profile.db"));
            return await new Profiler(experiment.Descriptor, models, experiment.Settings, store, new ProfilerOptions { Race = race }).RunAsync(experiment.Cases);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
