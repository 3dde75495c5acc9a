using System.Text;
using FlowCompile.Settings;

namespace FlowCompile.Deployment.Tests;

public sealed class DeploymentSettingsTests
{
    [Fact]
    public void A_section_is_read_into_limits_and_workflows()
    {
        var settings = Parse("""
            { "maxModels": 2, "maxSpending": 12.5, "gpus": { "big": 80, "small": 23.999 },
              "memory": { "mini": 15.5, "large": { "gib": 60, "gpus": ["big"] } },
              "workflows": { "math": { "runs": 1000, "minAccuracy": 0.8, "maxLatency": 2.5 } } }
            """);
        var limits = DeploymentLimits.From(settings);
        Assert.Equal(2, limits.MaxModels);
        Assert.Equal(12.5, limits.MaxSpending);
        Assert.Equal([new Gpu("big", 80), new Gpu("small", 23.999m)], limits.Gpus);
        Assert.Equal(("mini", 15.5m, 0), (limits.Memory[0].Model, limits.Memory[0].MemoryGiB, limits.Memory[0].Gpus.Count));
        Assert.Equal(("large", 60m, "big"), (limits.Memory[1].Model, limits.Memory[1].MemoryGiB, limits.Memory[1].Gpus.Single()));
        var workflow = DeploymentWorkflow.From("math", [], settings);
        Assert.Equal((1000, 0.8, 2.5), (workflow.Runs, workflow.MinAccuracy, workflow.MaxLatencySeconds));
    }

    [Fact]
    public void Without_a_section_there_is_no_limit()
    {
        var settings = ProjectSettings.Parse("flowcompile.json", Encoding.UTF8.GetBytes("""{ "models": { "mini": { "onnx": "m" } }, "budgets": [0] }"""));
        Assert.Null(settings.Deployment);
        Assert.Same(DeploymentLimits.None, DeploymentLimits.From(settings.Deployment));
        Assert.Equal(1, DeploymentWorkflow.From("math", [], null).Runs);
    }

    [Theory]
    [InlineData("""{ "maxModel": 2 }""", "'deployment' has the unknown key 'maxModel'; did you mean 'maxModels'?")]
    [InlineData("""{ "maxModels": 0 }""", "'maxModels' of 'deployment' is 0; write 1 or more")]
    [InlineData("""{ "maxModels": 1.5 }""", "write a whole number")]
    [InlineData("""{ "maxSpending": -1 }""", "write a number of 0 or more")]
    [InlineData("""{ "gpus": { "big": "80 GB" } }""", "the memory of the GPU 'big' is")]
    [InlineData("""{ "gpus": { "big": 1e30 } }""", "write GiB, a number from 0 to a million")]
    [InlineData("""{ "gpus": [80] }""", "'gpus' of 'deployment' is a list")]
    [InlineData("""{ "memory": { "mni": 3 } }""", "'deployment' names the model 'mni', which is not under 'models'; did you mean 'mini'?")]
    [InlineData("""{ "memory": { "mini": true } }""", "write a number of GiB, or")]
    [InlineData("""{ "memory": { "mini": { "gpus": [] } } }""", "lacks 'gib'")]
    [InlineData("""{ "gpus": { "big": 80 }, "memory": { "mini": { "gib": 3, "gpus": ["bug"] } } }""", "did you mean 'big'?")]
    [InlineData("""{ "workflows": { "maths": {} } }""", "'deployment' names the workflow 'maths', which is not under 'workflows'; did you mean 'math'?")]
    [InlineData("""{ "workflows": { "math": { "runs": 0 } } }""", "write a number above 0")]
    [InlineData("""{ "workflows": { "math": { "minAccuracy": 80 } } }""", "write a number from 0 to 1")]
    public void What_cannot_be_is_refused_with_its_line_and_what_to_write(string section, string problem)
    {
        var message = Assert.Throws<SettingsException>(() => Parse(section)).Message;
        Assert.Contains("flowcompile.json(5): ", message, StringComparison.Ordinal);
        Assert.Contains(problem, message, StringComparison.Ordinal);
    }

    private static DeploymentSettings? Parse(string section) => ProjectSettings.Parse("flowcompile.json", Encoding.UTF8.GetBytes($$"""
        {
          "models": { "mini": { "onnx": "m" }, "large": { "onnx": "l" } },
          "budgets": [0],
          "workflows": { "math": { "cases": "c.jsonl" } },
          "deployment": {{section}}
        }
        """)).Deployment;
}
