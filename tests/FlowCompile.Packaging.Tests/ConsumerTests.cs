using FlowCompile.Packaging.Tests.Harness;

namespace FlowCompile.Packaging.Tests;

/// <summary>A user's way from a new project to a compiled plan, on the packages alone.</summary>
[Collection(SharedPackages.Name)]
public class ConsumerTests(PackedPackages packages)
{
    [Fact]
    public async Task A_new_project_is_built_profiled_and_run()
    {
        var folder = packages.CreateFolder("Consumer");

        // A model package brings the library, and with it generator, analyzers and build files. ONNX Runtime for the CPU is the application's choice.
        await CommandLine.DotnetAsync(folder, "new", "console", "--no-restore");
        await CommandLine.DotnetAsync(folder, "add", "package", "FlowCompile.Models.Onnx", "--version", packages.Version);
        await CommandLine.DotnetAsync(folder, "add", "package", "Microsoft.ML.OnnxRuntime", "--version", PackedPackages.OnnxRuntimeVersion);
        SampleFiles.CopyTo(folder, withPlan: false);
        File.WriteAllText(Path.Combine(folder, ".editorconfig"), "root = true\n[*.cs]\ndotnet_diagnostic.FC0601.severity = warning\n");
        var project = Path.Combine(folder, "Consumer.csproj");
        File.WriteAllText(project, File.ReadAllText(project).Replace(
            "</Project>", "<ItemGroup><None Include=\"models/*/*\" CopyToOutputDirectory=\"PreserveNewest\" /></ItemGroup></Project>", StringComparison.Ordinal));

        // The generator has run, or Program.cs would not compile; the analyzers say that there is no plan.
        // Nothing of what it wrote is a warning, however much a project asks for.
        var built = await CommandLine.DotnetAsync(folder, "build", "--nologo", "-p:AnalysisLevel=latest-all", "-p:EnforceCodeStyleInBuild=true");
        Assert.DoesNotContain(".g.cs(", built, StringComparison.Ordinal);
        Assert.Contains("warning FC0601: Workflow 'math' has no plan", built, StringComparison.Ordinal);
        Assert.Contains("/docs/diagnostics/FC0601.md", built, StringComparison.Ordinal);

        // Profiling builds the project, runs its sub-agents on the models in process, and writes the plan.
        await CommandLine.DotnetAsync(folder, "new", "tool-manifest");
        await CommandLine.DotnetAsync(folder, "tool", "install", "FlowCompile.Tool", "--version", packages.Version);
        await CommandLine.DotnetAsync(folder, "flowcompile", "profile", "--cases", "2");
        Assert.True(File.Exists(Path.Combine(folder, "math.flowplan.json")));

        // The same model under ONNX Runtime GenAI, whose library for the CPU is the application's choice too: the tool finds both in its output.
        var settings = Path.Combine(folder, "flowcompile.json");
        var unlimited = File.ReadAllText(settings);
        await CommandLine.DotnetAsync(folder, "add", "package", "Microsoft.ML.OnnxRuntimeGenAI", "--version", PackedPackages.OnnxRuntimeGenAIVersion);
        SampleFiles.AddGenAI(folder, "nano");
        File.WriteAllText(settings, unlimited.Replace("\"onnx\": \"models/nano\"", "\"genai\": \"models/nano\"", StringComparison.Ordinal));
        await CommandLine.DotnetAsync(folder, "flowcompile", "profile", "--cases", "1", "--store", "obj/genai.db", "--plan", "obj/genai.json");
        Assert.Contains("nano@", File.ReadAllText(Path.Combine(folder, "obj", "genai.json")), StringComparison.Ordinal);
        File.WriteAllText(settings, unlimited);

        // The installed tool solves limits on its own copy of OR-Tools.
        File.WriteAllText(settings, unlimited.TrimEnd()[..^1] + ", \"deployment\": { \"maxModels\": 1 } }");
        Assert.Contains("deployments within the limits", await CommandLine.DotnetAsync(folder, "flowcompile", "deploy", "--no-build"), StringComparison.Ordinal);
        File.WriteAllText(settings, unlimited);

        // Built again, the plan is part of the program.
        built = await CommandLine.DotnetAsync(folder, "build", "--nologo");
        Assert.DoesNotContain("FC0601", built, StringComparison.Ordinal);
        var output = await CommandLine.DotnetAsync(Path.Combine(folder, "bin", "Debug", "net10.0"), "Consumer.dll");
        Assert.Contains("ann has 21 books", output, StringComparison.Ordinal);
        Assert.Contains("@", output, StringComparison.Ordinal);
    }
}
