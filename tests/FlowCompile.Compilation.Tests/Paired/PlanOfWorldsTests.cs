using FlowCompile.Graph;

namespace FlowCompile.Compilation.Tests;

/// <summary>Over plans of worlds whose truth is known, what is predicted and what is true agree, where the recorded accuracies say too much.</summary>
public sealed class PlanOfWorldsTests
{
    private const int Seeds = 40;
    private const int Cases = 300;

    public static TheoryData<string, double> All => new()
    {
        { nameof(Worlds.Equal), 0.008 },
        { nameof(Worlds.Gradient), 0.008 },
        { nameof(Worlds.HardCases), 0.008 },
    };

    [Theory]
    [MemberData(nameof(All))]
    public void Accuracies_of_a_plan_are_true_in_the_mean(string world, double leastRecorded)
    {
        foreach (var keepAll in new[] { false, true })
        {
            var (recorded, corrected, shared) = (0.0, 0.0, 0.0);
            for (var seed = 0; seed < Seeds; seed++)
            {
                var (profile, truth) = Of(world, seed);
                var plan = FlowCompiler.Compile(profile, new CompileOptions { KeepAll = keepAll }).Plan.Configurations;
                recorded += plan.Average(one => one.Estimate!.RecordedAccuracy!.Value - truth(one.Settings)) / Seeds;
                corrected += plan.Average(one => one.Estimate!.Accuracy - truth(one.Settings)) / Seeds;

                // What these cases have made of all configurations alike is not the choice's.
                var proxy = new PairedProxy(profile.Recorded!, Schedule.Parallel);
                shared += AllConfigurations.Of(profile, new StructureSpace(profile.Graph).Largest)
                    .Average(one => proxy.Evaluate(one.Structure, one.Settings).Accuracy - truth(one.Settings)) / Seeds;
            }

            if (keepAll)
            {
                Assert.True(recorded - shared > leastRecorded, $"{world}: recorded {recorded - shared}");
            }

            Assert.True(Math.Abs(corrected - shared) <= 0.005, $"{world}, {(keepAll ? "all" : "told apart")}: corrected {corrected - shared}, recorded {recorded - shared}");
        }
    }

    [Fact]
    public void What_is_equal_is_one_point_and_a_gradient_stays_in_steps_that_can_be_told_apart()
    {
        var (equal, gradient, whole) = (0.0, 0.0, 0.0);
        for (var seed = 0; seed < Seeds; seed++)
        {
            equal += (double)FlowCompiler.Compile(Of(nameof(Worlds.Equal), seed).Profile).Plan.Configurations.Count / Seeds;
            gradient += (double)FlowCompiler.Compile(Of(nameof(Worlds.Gradient), seed).Profile).Plan.Configurations.Count / Seeds;
            whole += (double)FlowCompiler.Compile(Of(nameof(Worlds.Gradient), seed).Profile, new CompileOptions { KeepAll = true }).Plan.Configurations.Count / Seeds;
        }

        // 20 settings from .5 to .88, and differences with a standard error of .04: .07 can be told apart, and .02 is the tolerance.
        Assert.InRange(equal, 1, 3);
        Assert.InRange(gradient, 4, 12);
        Assert.True(whole > gradient);
    }

    private static (ProfileTable Profile, Func<IReadOnlyList<Setting?>, double> Truth) Of(string world, int seed) => world switch
    {
        nameof(Worlds.Equal) => Worlds.Equal(seed, Cases),
        nameof(Worlds.Gradient) => Worlds.Gradient(seed, Cases),
        _ => Worlds.HardCases(seed, Cases),
    };
}
