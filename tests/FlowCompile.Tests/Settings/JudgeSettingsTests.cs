using System.Text;
using FlowCompile.Settings;

namespace FlowCompile.Tests.Settings;

public sealed class JudgeSettingsTests
{
    [Fact]
    public void Judge_IsReadWithItsRubrics()
    {
        var workflow = Parse("""
            "judge": { "setting": "large@64", "rubric": "It is polite.", "rubrics": { "Draft": "It is short." }, "checks": 0 }, "maxFailures": 0.25
            """);
        Assert.Equal(new Setting("large", 64), workflow.Judge!.Setting);
        Assert.Equal(("It is short.", "It is polite."), (workflow.Judge.RubricOf("Draft"), workflow.Judge.RubricOf("Answer")));
        Assert.Equal((0, 0.25), (workflow.Judge.Checks, workflow.MaxFailures));
    }

    [Fact]
    public void WhatIsNotWritten_HasItsDefault()
    {
        var workflow = Parse("\"judge\": { \"setting\": \"large@0\" }");
        Assert.Equal((JudgeSettings.DefaultRubric, 50, WorkflowSettings.DefaultMaxFailures), (workflow.Judge!.RubricOf("Draft"), workflow.Judge.Checks, workflow.MaxFailures));
        Assert.Null(Parse("\"seed\": 1").Judge);
    }

    [Theory]
    [InlineData("\"judge\": {}", "'judge' of the workflow 'w' lacks 'setting'; add \"setting\": \"large@64\"")]
    [InlineData("\"judge\": \"large@0\"", "write an object { ... }")]
    [InlineData("\"judge\": { \"setting\": \"large\" }", "'setting' of 'judge' of the workflow 'w' is \"large\"; write model@budget, for example large@64")]
    [InlineData("\"judge\": { \"setting\": \"larg@0\" }", "names the model 'larg', which is not under 'models'")]
    [InlineData("\"judge\": { \"setting\": \"large@0\", \"rubric\": \"\" }", "'rubric' of 'judge' of the workflow 'w' is empty; write a text")]
    [InlineData("\"judge\": { \"setting\": \"large@0\", \"rubrics\": { \"Draft\": 1 } }", "the rubric of 'Draft' is")]
    [InlineData("\"judge\": { \"setting\": \"large@0\", \"checks\": -1 }", "'checks' of 'judge' of the workflow 'w' is -1; write 0 or more")]
    [InlineData("\"judge\": { \"setting\": \"large@0\", \"rubrik\": \"x\" }", "the unknown key 'rubrik'")]
    [InlineData("\"maxFailures\": 1.5", "'maxFailures' of the workflow 'w' is 1.5; write a number from 0 to 1")]
    [InlineData("\"maxFailures\": -1", "'maxFailures' of the workflow 'w' is")]
    public void WhatCannotBe_IsRefusedWithItsLine(string section, string problem)
    {
        var error = Assert.Throws<SettingsException>(() => Parse(section));
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
        Assert.Contains("flowcompile.json(6):", error.Message, StringComparison.Ordinal);
    }

    private static WorkflowSettings Parse(string section) => ProjectSettings.Parse("flowcompile.json", Encoding.UTF8.GetBytes($$"""
        {
          "models": { "small": { "replay": "a.jsonl" }, "large": { "replay": "b.jsonl" } },
          "budgets": [0, 64],
          "workflows": { "w": {
            "cases": "cases.jsonl",
            {{section.Trim()}}
          } }
        }
        """)).Workflows[0];
}
