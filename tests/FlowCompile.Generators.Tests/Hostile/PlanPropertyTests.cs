using System.Reflection;
using FlowCompile.Generators.Tests.Harness;
using FlowCompile.Plans;
using FlowCompile.Text;
using Microsoft.CodeAnalysis;

namespace FlowCompile.Generators.Tests.Hostile;

/// <summary>
/// Random texts from files to running code: where a file is accepted the program reads the same texts back, and where it is not there is
/// no plan. Either way the assembly has the types that it should have.
/// </summary>
public class PlanPropertyTests
{
    private static readonly List<string> s_types = Types(GeneratorRun.Over(Sources.SampleWorkflow(), Sources.SampleSettings(), Sources.Plan("math")).Output);

    [Theory]
    [InlineData(1, true)]
    [InlineData(2, false)]
    [InlineData(3, false)]
    [InlineData(4, false)]
    public void A_random_text_in_a_field_is_read_back_or_refused(int seed, bool withHidden)
    {
        var random = new Random(seed);
        foreach (var field in TextFields.Free.Where((_, i) => i % 6 == seed % 6))
        {
            var text = HiddenCharacters.Random(random, withHidden).Replace("@", "", StringComparison.Ordinal) + "x";
            var run = GeneratorRun.Over(Sources.SampleWorkflow(), Sources.SampleSettings(), new TextFile("/project/math.flowplan.json", TextFields.Plan[field](text)));
            var assembly = run.Load();
            Assert.Equal(s_types, Types(run.Output));
            var plan = (WorkflowPlan?)assembly.GetType("WordMath.MathWorkflow+Plan")!.GetProperty("Compiled", BindingFlags.Public | BindingFlags.Static)!.GetValue(null);
            Assert.Equal(OutsideText.IndexOfHidden(text) >= 0, plan is null);
            if (plan is not null)
            {
                Assert.Contains(text, TextsOf(plan));
            }
        }
    }

    private static IEnumerable<string?> TextsOf(WorkflowPlan plan) =>
    [
        plan.Proxy, plan.Schedule, .. plan.Objectives, plan.Provenance!.ToolVersion, plan.Provenance.ProfileHash, plan.Provenance.CasesHash, plan.Provenance.Hardware,
        .. plan.Provenance.Models.Keys, .. plan.Provenance.Models.Values, .. plan.Configurations.SelectMany(one => new[] { one.Id, one.Name }),
        .. plan.Configurations.SelectMany(one => one.Settings).SelectMany(settings => settings?.Models ?? []), .. plan.Cells.Select(cell => cell.Setting.Model),
    ];

    private static List<string> Types(Compilation compilation) =>
        [.. compilation.GetSymbolsWithName(_ => true, SymbolFilter.Type).Select(type => type.ToDisplayString()).Order(StringComparer.Ordinal)];
}
