using System.Reflection;
using System.Runtime.Loader;
using FlowCompile.Generators.Emit;
using FlowCompile.Generators.Model;
using FlowCompile.Generators.Plans;
using FlowCompile.Generators.Tests.Harness;
using FlowCompile.Plans;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis;

namespace FlowCompile.Generators.Tests.Hostile;

/// <summary>The second closing, without the readers: whatever the emitter is handed, the code says the same values and has the same types.</summary>
public class EmitterTests
{
    private static readonly GeneratorRun s_run = GeneratorRun.Over(Sources.SampleWorkflow(), Sources.SampleSettings(), Sources.Plan("math"));

    private static readonly BoundWorkflow s_bound = (BoundWorkflow)s_run.Result.TrackedSteps[TrackingNames.BoundWorkflows].Single().Outputs.Single().Value;

    [Fact]
    public void Every_text_of_a_plan_with_every_hidden_character_stays_a_value()
    {
        var text = HiddenCharacters.Text;
        var plan = Filled(s_bound.Plan!, () => text, configurations: 1);
        AssertHolds(Load(s_bound.Workflow, plan), plan);
    }

    [Fact]
    public void Random_texts_in_all_fields_stay_values()
    {
        var random = new Random(11);
        var plan = Filled(s_bound.Plan!, () => HiddenCharacters.Random(random, withHidden: true), configurations: 300);
        AssertHolds(Load(s_bound.Workflow, plan), plan);

        // Without halves of pairs so many configurations are data.
        var data = Filled(s_bound.Plan!, () => string.Concat(HiddenCharacters.Random(random, withHidden: true).EnumerateRunes()), configurations: 300);
        AssertHolds(Load(s_bound.Workflow, data), data);
    }

    [Fact]
    public void The_texts_of_a_workflow_stay_values()
    {
        var text = HiddenCharacters.Text;
        var workflow = s_bound.Workflow with
        {
            Name = text,
            Models = new[] { text }.Freeze(),
            Nodes = s_bound.Workflow.Nodes.Select(node => node with { Models = new[] { text }.Freeze() }).Freeze(),
        };
        var loaded = Load(workflow, null, s_bound.Plan!.Configurations[0] with { Id = text, Estimate = null, Settings = Hostile(s_bound.Plan.Configurations[0], () => text) });
        var chosen = (IReadOnlyList<WorkflowConfiguration>)Plan(loaded, "Configurations");
        Assert.Equal(text, chosen[0].Id);
        Assert.Contains(chosen[0].Settings, settings => settings is { } own && own.Uses(text));
        dynamic graph = loaded.GetType("WordMath.MathWorkflow")!.GetProperty("Graph")!.GetValue(null)!;
        Assert.Equal(text, (string)graph.Name);
        foreach (var node in graph.Nodes)
        {
            Assert.Equal([text], (IReadOnlyList<string>)node.Models);
        }
    }

    [Theory]
    [InlineData(double.NaN, "double.NaN")]
    [InlineData(double.PositiveInfinity, "double.PositiveInfinity")]
    [InlineData(double.NegativeInfinity, "double.NegativeInfinity")]
    [InlineData(double.MaxValue, "1.7976931348623157E+308")]
    [InlineData(-0.0, "-0d")]
    [InlineData(0.1, "0.1")]
    [InlineData(1e22, "1E+22")]
    public void Numbers_are_one_token(double value, string expected)
    {
        Assert.Equal(expected, Literals.Number(value));
        Assert.Equal(value, Evaluated(Literals.Number(value)));
    }

    [Fact]
    public void Every_character_is_a_literal_of_itself()
    {
        for (var c = 0; c <= char.MaxValue; c++)
        {
            Assert.Equal(((char)c).ToString(), Evaluated(Literals.Text(((char)c).ToString())));
            Assert.Equal((char)c, Evaluated(Literals.Character((char)c)));
        }
    }

    [Theory]
    [InlineData("a\u200Bb", "A" + "b")]
    [InlineData("a\u2028class", "AClass")]
    [InlineData("\u202E", "_")]
    [InlineData("1\u00ADst", "_1st")]
    public void Names_of_members_are_made_without_hidden_characters(string text, string expected)
    {
        Assert.Equal(expected, Identifiers.Pascal(text), ignoreCase: true);
        Assert.True(SyntaxFacts.IsValidIdentifier(Identifiers.Pascal(text)));
    }

    [Fact]
    public void A_line_stays_a_line_whatever_it_is_handed()
    {
        var code = new SourceWriter().Line("/// a" + HiddenCharacters.Text.Replace("\uD800", "", StringComparison.Ordinal)).Line("b").ToString();
        Assert.Equal(2, code.Count(c => c == '\n'));
        Assert.All(code.Split('\n'), line => Assert.Equal(-1, FlowCompile.Text.OutsideText.IndexOfHidden(line)));
    }

    private static BoundPlan Filled(BoundPlan plan, Func<string> text, int configurations)
    {
        var one = plan.Configurations[0];
        return plan with
        {
            File = text(),
            GraphHash = text(),
            Proxy = text(),
            Schedule = text(),
            Objectives = new[] { text(), text() }.Freeze(),
            Provenance = plan.Provenance! with
            {
                ToolVersion = text(),
                ProfileHash = text(),
                CasesHash = text(),
                Models = new[] { text() }.Freeze(),
                Identities = new[] { text() }.Freeze(),
                Hardware = text(),
            },
            Configurations = Enumerable.Range(0, configurations)
                .Select(i => one with { Id = text() + i, Name = i % 2 == 0 ? text() : null, Settings = Hostile(one, text) }).Freeze(),
            Cells = new[] { new PlanCellSpec(new PlanSetting(text(), text(), 0), 0, 1, null, null, null, null) }.Freeze(),
        };
    }

    private static EquatableArray<BoundSetting> Hostile(BoundConfiguration configuration, Func<string> text) =>
        configuration.Settings.Select(setting => setting with { Model = text() }).Freeze();

    private static Assembly Load(WorkflowSpec workflow, BoundPlan? plan, BoundConfiguration? configuration = null)
    {
        string[] code =
        [
            GraphEmitter.Emit(workflow), RunEmitter.Emit(workflow), DescriptorEmitter.Emit(workflow), ServicesEmitter.Emit(workflow),
            plan is null ? DefaultPlanEmitter.Emit(workflow, configuration!) : PlanEmitter.Emit(workflow, plan),
        ];
        var compilation = s_run.Input.AddSyntaxTrees(code.Select((text, i) => CSharpSyntaxTree.ParseText(text, GeneratorRun.ParseOptions, $"Generated{i}.g.cs")));
        Assert.Empty(compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning));
        using var stream = new MemoryStream();
        Assert.True(compilation.Emit(stream).Success);
        stream.Position = 0;
        var assembly = new AssemblyLoadContext("Hostile").LoadFromStream(stream);

        // No type that the workflow's own files do not have with a plan that nobody tampered with.
        Assert.Equal(Types(s_run.Output), Types(compilation));
        return assembly;
    }

    private static List<string> Types(Compilation compilation) =>
        [.. compilation.GetSymbolsWithName(_ => true, SymbolFilter.Type).Select(type => type.ToDisplayString()).Order(StringComparer.Ordinal)];

    private static object Plan(Assembly assembly, string member) =>
        assembly.GetType("WordMath.MathWorkflow+Plan")!.GetProperty(member, BindingFlags.Public | BindingFlags.Static)!.GetValue(null)!;

    private static void AssertHolds(Assembly assembly, BoundPlan expected)
    {
        var plan = (WorkflowPlan)Plan(assembly, "Compiled");
        Assert.Equal((expected.GraphHash, expected.Proxy, expected.Schedule), (plan.GraphHash, plan.Proxy, plan.Schedule));
        Assert.Equal(expected.Objectives, plan.Objectives);
        var (written, read) = (expected.Provenance!, plan.Provenance!);
        Assert.Equal((written.ToolVersion, written.ProfileHash, written.CasesHash, written.Hardware), (read.ToolVersion, read.ProfileHash, read.CasesHash, read.Hardware));
        Assert.Equal([KeyValuePair.Create(written.Models[0], written.Identities[0])], read.Models);
        Assert.Equal(expected.Configurations.Select(one => (one.Id, one.Name)), plan.Configurations.Select(one => (one.Id, one.Name)));
        Assert.Equal(
            expected.Configurations.Select(one => string.Join(",", one.Settings.Select(setting => setting.Model))),
            plan.Configurations.Select(one => string.Join(",", one.Settings.OfType<CallSettings>().SelectMany(settings => settings.Models))));
        Assert.Equal((expected.Cells[0].Setting.Node, expected.Cells[0].Setting.Model), (plan.Cells[0].Node, plan.Cells[0].Setting.Model));
    }

    private static object? Evaluated(string code)
    {
        var expression = SyntaxFactory.ParseExpression(code);
        Assert.Empty(expression.GetDiagnostics());
        Assert.Equal(code, expression.ToFullString());
        return expression switch
        {
            Microsoft.CodeAnalysis.CSharp.Syntax.LiteralExpressionSyntax literal => literal.Token.Value,
            Microsoft.CodeAnalysis.CSharp.Syntax.PrefixUnaryExpressionSyntax { Operand: Microsoft.CodeAnalysis.CSharp.Syntax.LiteralExpressionSyntax literal } => -(double)literal.Token.Value!,
            _ => typeof(double).GetField(expression.ToString()["double.".Length..])!.GetValue(null),
        };
    }
}
