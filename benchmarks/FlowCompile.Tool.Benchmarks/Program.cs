using System.Globalization;
using FlowCompile.Tool.Benchmarks;

// dotnet run -c Release --project benchmarks/FlowCompile.Tool.Benchmarks [RUNS]
// The whole command `flowcompile compile` on the published profile of mathematics, from start to exit, the tool published as users get it
// and compiled ahead of time.
var runs = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 20;
var root = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../../.."));
var project = Path.Combine(root, "benchmarks", "FlowCompile.Tool.Benchmarks");
var work = Directory.CreateTempSubdirectory("flowcompile-command");
try
{
    var store = Path.Combine(work.FullName, "math.db");
    PublishedStore.Write(store);
    foreach (var (name, ahead) in new[] { ("compiled as it runs", false), ("compiled ahead of time", true) })
    {
        var folder = Path.Combine(work.FullName, ahead ? "ahead" : "plain");
        ToolRun.Run(
            "dotnet", "publish", Path.Combine(root, "src", "FlowCompile.Tool"), "-c", "Release", "-o", folder, "--nologo", "-v:q", "--use-current-runtime", "--self-contained", "false",
            $"-p:PublishReadyToRun={(ahead ? "true" : "false")}");
        string[] command = [Path.Combine(folder, "dotnet-flowcompile.dll"), "compile", project, "-c", "Release", "--no-build", "--store", store, "--plan", Path.Combine(work.FullName, "math.flowplan.json")];
        var output = ToolRun.Run("dotnet", command).Output;
        Console.WriteLine($"{name}: {output.Split('\n')[0]}");
        var times = Enumerable.Range(0, runs).Select(_ => ToolRun.Run("dotnet", command)).ToList();
        Console.WriteLine($"  {Text(times.Select(time => time.Wall.TotalMilliseconds))}");
    }
}
finally
{
    work.Delete(recursive: true);
}

static string Text(IEnumerable<double> milliseconds)
{
    List<double> sorted = [.. milliseconds.Order()];
    return string.Create(CultureInfo.InvariantCulture, $"median {sorted[sorted.Count / 2]:0} ms, least {sorted[0]:0} ms, most {sorted[^1]:0} ms of {sorted.Count} runs");
}
