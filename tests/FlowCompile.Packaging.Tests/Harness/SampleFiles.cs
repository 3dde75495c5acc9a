using FlowCompile.Testing;

namespace FlowCompile.Packaging.Tests.Harness;

/// <summary>Puts the WordMath sample's files into a user's project.</summary>
internal static class SampleFiles
{
    /// <summary>The argument with which the program ends as soon as it has its plan.</summary>
    public const string StartOnly = "--start";

    /// <summary>The folder of the sample.</summary>
    public static string Folder { get; } = Path.Combine(PackedPackages.Repository, "samples", "WordMath");

    /// <summary>Copies sources, settings, models and a few cases.</summary>
    /// <param name="folder">The project's folder.</param>
    /// <param name="withPlan">Whether the compiled plan goes along.</param>
    public static void CopyTo(string folder, bool withPlan)
    {
        foreach (var file in Directory.GetFiles(Folder, "*.cs").Append(Path.Combine(Folder, "flowcompile.json")))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)), overwrite: true);
        }

        foreach (var model in new[] { "nano", "micro", "mini", "mini-int8" })
        {
            var target = Directory.CreateDirectory(Path.Combine(folder, "models", model)).FullName;
            foreach (var file in Directory.GetFiles(Path.Combine(Folder, "models", model)))
            {
                File.Copy(file, Path.Combine(target, Path.GetFileName(file)));
            }
        }

        Directory.CreateDirectory(Path.Combine(folder, "data"));
        foreach (var cases in new[] { "validate.jsonl", "test.jsonl" })
        {
            File.WriteAllLines(Path.Combine(folder, "data", cases), File.ReadLines(Path.Combine(Folder, "data", cases)).Take(3));
        }

        if (withPlan)
        {
            File.Copy(Path.Combine(Folder, "math.flowplan.json"), Path.Combine(folder, "math.flowplan.json"));
        }
    }

    /// <summary>Makes a model's folder one of ONNX Runtime GenAI as well.</summary>
    public static void AddGenAI(string folder, string model)
    {
        var target = Path.Combine(folder, "models", model);
        File.WriteAllText(Path.Combine(target, "genai_config.json"), GenAIConfigFile.Of(target));
    }

    /// <summary>Lets the program end as soon as it has its plan, given <see cref="StartOnly"/>.</summary>
    public static void AddStartOnly(string folder)
    {
        var program = Path.Combine(folder, "Program.cs");
        const string First = "using var models";
        var text = File.ReadAllText(program);
        Assert.Contains(First, text, StringComparison.Ordinal);
        File.WriteAllText(program, text.Replace(
            First, $"if (args is [\"{StartOnly}\"])\n{{\n    return MathWorkflow.Plan.Configurations.Count > 0 ? 0 : 1;\n}}\n\n{First}", StringComparison.Ordinal) + "\nreturn 0;\n");
    }
}
