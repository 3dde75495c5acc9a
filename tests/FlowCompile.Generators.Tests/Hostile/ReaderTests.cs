using FlowCompile.Generators.Plans;
using FlowCompile.Generators.Tests.Harness;
using FlowCompile.Text;

namespace FlowCompile.Generators.Tests.Hostile;

/// <summary>The first closing: a plan or a settings file with a hidden character in a name or a text is not read.</summary>
public class ReaderTests
{
    public static TheoryData<string> PlanFields => new(TextFields.Plan.Keys);

    public static TheoryData<string> SettingsFields => new(TextFields.Settings.Keys);

    [Theory]
    [MemberData(nameof(PlanFields))]
    public void No_text_of_a_plan_holds_a_hidden_character(string field)
    {
        Assert.NotNull(PlanReader.TryRead(TextFields.Plan[field]("good name"), out _));
        foreach (var hidden in HiddenCharacters.All)
        {
            Assert.Null(PlanReader.TryRead(TextFields.Plan[field]($"a{hidden}b"), out var problem));
            AssertSays(problem, hidden);
        }
    }

    [Theory]
    [MemberData(nameof(SettingsFields))]
    public void No_name_of_the_settings_holds_a_hidden_character(string field)
    {
        Assert.NotNull(SettingsReader.TryRead(TextFields.Settings[field]("good"), out _));
        foreach (var hidden in HiddenCharacters.All)
        {
            Assert.Null(SettingsReader.TryRead(TextFields.Settings[field]($"a{hidden}b"), out var problem));
            AssertSays(problem, hidden);
        }
    }

    [Fact]
    public async Task The_diagnostic_names_the_place_and_its_message_is_one_harmless_line()
    {
        var run = GeneratorRun.Over(Sources.SampleWorkflow(), Sources.SampleSettings(), new TextFile("/project/math.flowplan.json", TextFields.Plan["hardware"]("x\u2028" + HiddenCharacters.Injection)));
        var diagnostic = Assert.Single(await run.DiagnosticsAsync(), one => one.Location.GetLineSpan().Path.EndsWith("math.flowplan.json", StringComparison.Ordinal));
        var message = diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture);
        Assert.Contains("'hardware' holds the hidden character U+2028 as its character 2; write it without", message, StringComparison.Ordinal);
        Assert.Equal(-1, OutsideText.IndexOfHidden(message));
        Assert.True(diagnostic.Location.GetLineSpan().StartLinePosition.Character > 0);
    }

    private static void AssertSays(FileProblem? problem, string hidden)
    {
        Assert.True(problem!.Position > 0);
        Assert.Contains($"holds the hidden character {OutsideText.NameAt(hidden, 0)} as its character 2; write it without", problem.Arguments[^1], StringComparison.Ordinal);
    }
}
