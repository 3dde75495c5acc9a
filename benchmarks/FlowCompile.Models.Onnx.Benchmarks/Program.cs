using System.Globalization;
using FlowCompile.Models.Onnx.Benchmarks;

// dotnet run -c Release --project benchmarks/FlowCompile.Models.Onnx.Benchmarks -- calls|genai|batch|costs|times|shared|schedules [CASES]
var cases = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 50;
switch (args.FirstOrDefault())
{
    case "calls":
        await SingleCalls.RunAsync(cases);
        return 0;
    case "genai":
        await TwoRuntimes.RunAsync(cases);
        return 0;
    case "batch":
        await Batches.RunAsync(cases);
        return 0;
    case "costs":
        await Costs.RunAsync(cases);
        return 0;
    case "times":
        await DerivedTimes.RunAsync(cases);
        return 0;
    case "shared":
        await SharedDecodes.RunAsync(cases);
        return 0;
    case "schedules":
        await Schedules.RunAsync(cases);
        return 0;
    default:
        await Console.Error.WriteLineAsync("Say what to measure: calls, genai, batch, costs, times, shared or schedules, and on how many cases.");
        return 2;
}
