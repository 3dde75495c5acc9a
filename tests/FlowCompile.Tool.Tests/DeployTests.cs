using System.Runtime.InteropServices;
using System.Text.Json;
using FlowCompile.Plans;

namespace FlowCompile.Tool.Tests;

[Collection(PreparedProject.Collection)]
public sealed class DeployTests(PreparedProject prepared)
{
    private const string Limits = """
        { "maxModels": 2, "gpus": { "gpu0": 3, "gpu1": 8 }, "memory": { "nano": 1, "micro": 2, "mini": { "gib": 4, "gpus": ["gpu1"] } } }
        """;

    [Fact]
    public async Task The_frontier_of_deployments_keeps_the_limits()
    {
        var text = await prepared.DeployAsync(Limits);
        Assert.True(text.ExitCode == 0, text.Error);
        Assert.Contains("deployments within the limits", text.Output, StringComparison.Ordinal);
        Assert.Contains("d01", text.Output, StringComparison.Ordinal);
        Assert.Contains("one setting everywhere, the best", text.Output, StringComparison.Ordinal);

        var run = await prepared.DeployAsync(Limits, more: "--json");
        using var json = JsonDocument.Parse(run.Output);
        var deployments = json.RootElement.GetProperty("deployments").EnumerateArray().ToList();
        Assert.NotEmpty(deployments);
        Assert.Equal(3, json.RootElement.GetProperty("baselines").GetProperty("math").GetArrayLength());
        foreach (var (one, next) in deployments.Zip(deployments.Skip(1)))
        {
            Assert.True(one.GetProperty("latencySeconds").GetDouble() < next.GetProperty("latencySeconds").GetDouble());
            Assert.True(one.GetProperty("accuracy").GetDouble() < next.GetProperty("accuracy").GetDouble());
        }

        Assert.All(deployments, one =>
        {
            var models = one.GetProperty("models").EnumerateArray().Select(model => model.GetString()).ToList();
            Assert.InRange(models.Count, 1, 2);
            var gpus = one.GetProperty("gpus").EnumerateObject().ToDictionary(pair => pair.Name, pair => pair.Value.GetString());
            Assert.Equal(models.Order(), gpus.Keys.Order());
            Assert.True(!gpus.TryGetValue("mini", out var gpu) || gpu == "gpu1");
            Assert.Equal("math", Assert.Single(one.GetProperty("configurations").EnumerateArray()).GetProperty("workflow").GetString());
        });
    }

    [Fact]
    public async Task A_chosen_deployment_is_written_as_a_plan_on_its_models_alone()
    {
        var plan = File.ReadAllBytes(prepared.Project.Plan);
        try
        {
            var run = await prepared.DeployAsync("""{ "maxModels": 1 }""", more: ["--write", "d01"]);
            Assert.True(run.ExitCode == 0, run.Error);
            var written = PlanFile.ReadDocument(prepared.Project.Plan);
            Assert.Single(written.Configurations.SelectMany(one => one.Settings).SelectMany(pair => pair.Value.Models).Distinct());
            Assert.NotNull(written.Provenance);
        }
        finally
        {
            File.WriteAllBytes(prepared.Project.Plan, plan);
        }
    }

    [Fact]
    public async Task A_deployment_that_is_not_there_cannot_be_written()
    {
        var plan = File.ReadAllBytes(prepared.Project.Plan);
        var run = await prepared.DeployAsync("""{ "maxModels": 1 }""", more: ["--write", "d99", "--json"]);
        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith("error: There is no deployment 'd99' to write; there are d01 to ", run.ErrorLine(), StringComparison.Ordinal);
        Assert.Equal(plan, File.ReadAllBytes(prepared.Project.Plan));
    }

    [Fact]
    public async Task Limits_that_no_model_keeps_are_said()
    {
        var run = await prepared.DeployAsync("""{ "gpus": { "gpu0": 1 }, "memory": { "nano": 2, "micro": 2, "mini-int8": 4, "mini": 4 } }""");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("can run on no models that the deployment limits allow together", run.ErrorLine(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_limits_there_is_nothing_to_find()
    {
        var run = await prepared.RunAsync("deploy");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("flowcompile.json: it has no section 'deployment'", run.ErrorLine(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_the_native_library_cannot_be_loaded_it_says_which_package_brings_it()
    {
        using var tool = new ToolCopy();
        tool.Break(tool.Native("google-ortools-native"));
        var run = await prepared.DeployAsync("""{ "maxModels": 1 }""", tool.Folder);
        Assert.Equal(5, run.ExitCode);
        Assert.StartsWith(
            $"error: Deployment limits need the native library of OR-Tools, which the package Google.OrTools.runtime.{RuntimeInformation.RuntimeIdentifier} ", run.ErrorLine(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_but_deploy_loads_OrTools()
    {
        // What is no assembly cannot have been loaded where a verb succeeds.
        using var tool = new ToolCopy();
        tool.Break("FlowCompile.Deployment.dll", "Google.OrTools.dll", "Google.Protobuf.dll");
        var store = Path.Combine(tool.Folder, "profile.db");
        var plan = Path.Combine(tool.Folder, "math.flowplan.json");
        var profile = await Run("profile", store, "--cases", "2", "--plan", plan);
        var compile = await Run("compile", store, "--plan", plan);
        var explain = await Run("explain", prepared.Project.Store, "c01");
        var deploy = await prepared.DeployAsync("""{ "maxModels": 1 }""", tool.Folder);

        Assert.True(profile.ExitCode == 0, profile.Error);
        Assert.True(compile.ExitCode == 0, compile.Error);
        Assert.True(explain.ExitCode == 0, explain.Error);
        Assert.NotEqual(0, deploy.ExitCode);
        Assert.Contains("FlowCompile.Deployment", deploy.Error, StringComparison.Ordinal);

        Task<CommandLine.Run> Run(string verb, string store, params string[] more) => CommandLine.RunAsync(
            tool.Folder, new Dictionary<string, string>(), [verb, prepared.Project.Directory, "--no-build", "--store", store, .. more]);
    }
}
