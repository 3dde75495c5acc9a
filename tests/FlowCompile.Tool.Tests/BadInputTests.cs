using System.Text.RegularExpressions;

namespace FlowCompile.Tool.Tests;

/// <summary>Wrong input is one line that says what, where and what to do, with an exit code of its own and nothing half written.</summary>
public sealed class BadInputTests : IDisposable
{
    private readonly TestProject _project = new(isBuilt: true);

    public void Dispose() => _project.Dispose();

    [Fact]
    public async Task A_missing_model_folder()
    {
        Directory.Delete(_project.CopyModel("micro"), recursive: true);
        await FailsAsync(1, "models/micro: there is no such model folder");
    }

    [Fact]
    public async Task A_project_without_the_library_of_ONNX_Runtime()
    {
        _project.Edit("Project.csproj", "<PackageReference Include=\"Microsoft.ML.OnnxRuntime\" Version=\"1.31.0\" />", "");
        await FailsAsync(1, "reference the package Microsoft.ML.OnnxRuntime (CPU) or Microsoft.ML.OnnxRuntime.Gpu (CUDA)");
    }

    [Fact]
    public async Task A_truncated_model()
    {
        var path = Path.Combine(_project.CopyModel("micro"), "model.onnx");
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..5000]);
        await FailsAsync(1, "models/micro/model.onnx");
    }

    [Fact]
    public async Task A_file_that_is_no_model()
    {
        File.WriteAllText(Path.Combine(_project.CopyModel("micro"), "model.onnx"), "not a model");
        await FailsAsync(1, "models/micro/model.onnx");
    }

    [Fact]
    public async Task A_tokenizer_that_lacks_a_token()
    {
        _project.CopyModel("micro");
        var path = _project.PathOf("models/micro/tokenizer.json");
        File.WriteAllText(path, Regex.Replace(File.ReadAllText(path), "\"books\": *[0-9]+,", ""));
        await FailsAsync(1, "models/micro/tokenizer.json", "has no token");
    }

    [Fact]
    public async Task A_cause_that_strikes_many_calls_is_said_once()
    {
        _project.CopyModel("micro");
        _project.Edit("models/micro/tokenizer.json", "\"books\"", "\"b00ks\"");
        var run = await _project.ProfileAsync();
        Assert.Equal(0, run.ExitCode);
        var warnings = run.Error.Split('\n').Where(line => line.StartsWith("warning: ", StringComparison.Ordinal)).ToList();
        Assert.InRange(warnings.Count, 1, 4);
        Assert.Contains(warnings, line => line.Contains("'books'", StringComparison.Ordinal) && line.Contains("micro@", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_malformed_case()
    {
        var lines = File.ReadAllLines(_project.PathOf("data/validate.jsonl"));
        lines[1] = lines[1][..20];
        File.WriteAllLines(_project.PathOf("data/validate.jsonl"), lines);
        await FailsAsync(1, "validate.jsonl(2)");
    }

    [Fact]
    public async Task No_cases()
    {
        File.WriteAllText(_project.PathOf("data/validate.jsonl"), "");
        await FailsAsync(1, "validate.jsonl", "no cases");
    }

    [Fact]
    public async Task A_negative_budget()
    {
        _project.Edit("flowcompile.json", "[0, 8,", "[-8,");
        await FailsAsync(1, "flowcompile.json(", "the budget -8 is negative");
    }

    [Fact]
    public async Task An_unknown_model()
    {
        _project.Edit("flowcompile.json", "mini@64", "minni@64");
        await FailsAsync(1, "flowcompile.json(", "'minni'", "did you mean 'mini'?");
    }

    [Fact]
    public async Task A_project_that_does_not_build()
    {
        _project.Write("Broken.cs", "class Broken { int x = \"text\"; }");
        await FailsAsync(3, "Project.csproj does not build", "Broken.cs(1,", "CS0029");
    }

    [Fact]
    public async Task A_project_without_a_workflow()
    {
        using var empty = new TestProject(withWorkflow: false);
        var run = await empty.ProfileAsync();
        Assert.Equal(3, run.ExitCode);
        Assert.Equal("error: Project has no workflow; put [Workflow(\"name\")] on a partial class.", run.ErrorLine());
    }

    [Fact]
    public async Task A_workflow_that_is_not_there()
    {
        var run = await _project.RunAsync("profile", "--workflow", "maths");
        Assert.Equal(3, run.ExitCode);
        Assert.Equal("error: Project has no workflow 'maths'; it has 'math'.", run.ErrorLine());
    }

    [Fact]
    public async Task A_folder_without_a_project()
    {
        var run = await CommandLine.RunAsync("profile", _project.PathOf("data"));
        Assert.Equal(3, run.ExitCode);
        Assert.Contains("holds no project file", run.ErrorLine(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plan_of_another_graph()
    {
        Assert.Equal(0, (await _project.ProfileAsync()).ExitCode);
        var plan = _project.PathOf("other.json");
        File.Move(_project.Plan, plan);
        _project.Edit("MathWorkflow.cs", "Replicas(0, 2)", "Replicas(0, 3)");
        var run = await _project.RunAsync("test", "--plan", plan);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("other.json(4): the plan is stale", run.ErrorLine(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_that_is_none()
    {
        _project.Write("job.db", new string('x', 5000));
        await FailsAsync(1, "job.db");
        Assert.Equal(new string('x', 5000), File.ReadAllText(_project.Store));
    }

    [Theory]
    [InlineData("--cases", "0", "--cases needs a number of 1 or more, not '0'.")]
    [InlineData("--cases", "few", "--cases needs a number of 1 or more, not 'few'.")]
    [InlineData("--concurrency", "-1", "--concurrency needs a number of 1 or more, not '-1'.")]
    [InlineData("--batch", "0", "--batch needs a number of 1 or more, not '0'.")]
    [InlineData("--case", "3", "--case")]
    public async Task A_wrong_command_line(string option, string value, string expected)
    {
        var run = await _project.RunAsync("profile", option, value);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
    }

    private async Task FailsAsync(int exitCode, params string[] expected)
    {
        var run = await _project.ProfileAsync();
        var line = run.ErrorLine().Replace('\\', '/');
        Assert.StartsWith("error: ", line, StringComparison.Ordinal);
        Assert.All(expected, part => Assert.Contains(part, line, StringComparison.Ordinal));
        Assert.Equal(exitCode, run.ExitCode);
        Assert.False(File.Exists(_project.Plan));
        Assert.Empty(Directory.EnumerateFiles(_project.Directory, "*.tmp"));
    }
}
