using FlowCompile.Compilation;

namespace FlowCompile.Tool.Output;

/// <summary>What somebody would choose without a compiler.</summary>
/// <param name="Known">The baselines that are known.</param>
/// <param name="Unmeasured">Those that are not, for a setting that belongs to them was not measured to the end.</param>
internal sealed record BaselineReport(IReadOnlyList<Baseline> Known, IReadOnlyList<UnmeasuredBaseline> Unmeasured)
{
    public static BaselineReport None { get; } = new([], []);

    public static BaselineReport Of(CompiledFrontier compiled) => new(compiled.Baselines, compiled.UnmeasuredBaselines);

    public static BaselineReport Of(ProfileTable profile, IProxy proxy) => new(BaselineFinder.Find(profile, proxy), BaselineFinder.FindUnmeasured(profile));
}
