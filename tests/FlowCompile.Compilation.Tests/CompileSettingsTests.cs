using System.Text;
using FlowCompile.Settings;

namespace FlowCompile.Compilation.Tests;

/// <summary>What <c>flowcompile.json</c> says of a plan, from the text of the file to the configurations.</summary>
public sealed class CompileSettingsTests
{
    private static readonly ProfileTable s_profile = new(MathWorkflow.Graph, MathWorkflow.Graph.Nodes.ToDictionary(
        node => node.Name,
        _ => (IReadOnlyList<SettingProfile>)
        [
            new(new Setting("good", 0), 0.8, 1, 1, 10), new(new Setting("good", 64), 0.9, 2, 3, 10),
            new(new Setting("bad", 0), 0.3, 3, 1, 10), new(new Setting("bad", 64), 0.4, 4, 0.5, 10),
        ]));

    [Fact]
    public void Without_a_word_everything_measured_is_allowed_and_accuracy_is_traded_for_latency()
    {
        var options = CompileOptions.From(Read(""));
        Assert.Equal((Objectives.Accuracy | Objectives.Latency, Schedule.Parallel, ProxyKind.Paired), (options.Objectives, options.Schedule, options.Proxy));
        Assert.Empty(options.Space.SubAgents);
        Assert.NotEmpty(FlowCompiler.Compile(s_profile, options).Plan.Configurations);
    }

    [Fact]
    public void Objectives_and_limits_reach_the_compiler()
    {
        var options = CompileOptions.From(Read(
            """
            , "schedule": "sequential", "proxy": "independent", "objectives": ["accuracy", "cost"],
            "limits": {
              "*": { "models": ["bad"] },
              "DetailedSolver": { "budgets": [64], "minCount": 1 },
              "GenerateSolver": { "maxCount": 1 },
              "ScEnsemble": { "setting": "bad@0" }
            }
            """));
        Assert.Equal((Objectives.Accuracy | Objectives.Cost, Schedule.Sequential, ProxyKind.Independent), (options.Objectives, options.Schedule, options.Proxy));
        var configurations = FlowCompiler.Compile(s_profile, options).Plan.Configurations;
        Assert.NotEmpty(configurations);
        Assert.All(configurations, one =>
        {
            Assert.All(one.Settings.OfType<CallSettings>(), settings => Assert.Equal(["bad"], settings.Models));
            Assert.Equal(new Setting("bad", 64), one.Settings[MathWorkflow.Graph.IndexOf("DetailedSolver")]);
            Assert.InRange(one.Structure.Counts[MathWorkflow.Graph.IndexOf("GenerateSolver")], 0, 1);
            Assert.Contains(one.Settings[MathWorkflow.Graph.IndexOf("ScEnsemble")], new CallSettings?[] { null, new Setting("bad", 0) });
        });
    }

    [Fact]
    public void Whether_all_of_the_frontier_is_kept_reaches_the_compiler()
    {
        Assert.False(CompileOptions.From(Read("")).KeepAll);
        Assert.False(CompileOptions.From(Read(", \"keepAll\": false")).KeepAll);
        Assert.True(CompileOptions.From(Read(", \"keepAll\": true")).KeepAll);
    }

    [Fact]
    public void A_limit_of_no_sub_agent_is_refused_with_those_there_are() => Assert.Contains(
        "limits 'Selector', which is no sub-agent of workflow 'math'; it has: Programmer",
        Assert.Throws<CompileException>(() => FlowCompiler.Compile(s_profile, CompileOptions.From(Read(", \"limits\": { \"Selector\": { \"maxCount\": 1 } }")))).Message,
        StringComparison.Ordinal);

    [Theory]
    [InlineData("\"objectives\": [\"accuracy\"]", "'objectives' of the workflow 'math' needs two objectives or more, of accuracy, latency, cost, energy")]
    [InlineData("\"keepAll\": \"yes\"", "'keepAll' of the workflow 'math' is the text \"yes\"; write true or false")]
    [InlineData("\"objectives\": [\"cost\", \"cost\"]", "'objectives' of the workflow 'math' names an objective twice; keep one")]
    [InlineData("\"objectives\": [\"accuracy\", \"latenc\"]", "is \"latenc\"; did you mean 'latency'?")]
    [InlineData("\"objectives\": \"accuracy\"", "write a list [ ... ]")]
    [InlineData("\"limits\": { \"A\": { \"model\": [\"good\"] } }", "has the unknown key 'model'; did you mean 'models'?")]
    [InlineData("\"limits\": { \"A\": { \"models\": [] } }", "is empty; name at least one, or leave it out to allow all")]
    [InlineData("\"limits\": { \"A\": { \"models\": [\"goods\"] } }", "is \"goods\"; did you mean 'good'?")]
    [InlineData("\"limits\": { \"A\": { \"budgets\": [-1] } }", "is -1; write 0 or more")]
    [InlineData("\"limits\": { \"A\": { \"setting\": \"good\" } }", "is \"good\"; write model@budget, for example good@0")]
    [InlineData("\"limits\": { \"A\": { \"setting\": \"best@0\" } }", "names the model 'best', which is not under 'models'")]
    [InlineData("\"limits\": { \"A\": { \"minCount\": 2, \"maxCount\": 1 } }", "is 1, below its 'minCount' 2; write at least as much")]
    [InlineData("\"limits\": { \"*\": { \"maxCount\": 1 } }", "'*' in 'limits' of the workflow 'math' has the unknown key 'maxCount'")]
    [InlineData("\"limits\": [ \"A\" ]", "write an object { ... }")]
    public void What_cannot_be_is_refused_in_one_line_with_its_place(string member, string problem)
    {
        var message = Assert.Throws<SettingsException>(() => Read(", " + member)).Message;
        Assert.Contains(problem, message, StringComparison.Ordinal);
        Assert.Matches(@"^[^\n]*flowcompile\.json\(\d+\): [^\n]*$", message);
    }

    private static WorkflowSettings Read(string members) => ProjectSettings.Parse("flowcompile.json", Encoding.UTF8.GetBytes(
        "{ \"models\": { \"good\": { \"replay\": \"good.jsonl\" }, \"bad\": { \"replay\": \"bad.jsonl\" } }, \"budgets\": [0, 64],\n"
        + "\"workflows\": { \"math\": { \"cases\": \"cases.jsonl\"" + members + " } } }")).GetWorkflow("math");
}
