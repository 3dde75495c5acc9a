using System.Globalization;
using FlowCompile.Profiling.Benchmarks;

// dotnet run -c Release --project benchmarks/FlowCompile.Profiling.Benchmarks -- race [CASES] | replay [ORDERS [STORE]]
switch (args.FirstOrDefault())
{
    case "race":
        await Races.RunAsync(Number(1, int.MaxValue));
        return 0;
    case "replay":
        Replays.Run(await Races.ExhaustiveAsync(args.ElementAtOrDefault(2)), Number(1, 40));
        return 0;
    default:
        await Console.Error.WriteLineAsync("Say what to measure: race, and on how many cases; or replay, in how many orders of the cases, and of which store.");
        return 2;
}

int Number(int place, int otherwise) => args.Length > place ? int.Parse(args[place], CultureInfo.InvariantCulture) : otherwise;
