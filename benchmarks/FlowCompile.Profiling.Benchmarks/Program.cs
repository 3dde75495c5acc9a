using System.Globalization;
using FlowCompile.Profiling.Benchmarks;

// dotnet run -c Release --project benchmarks/FlowCompile.Profiling.Benchmarks -- race [CASES] | replay [WORKFLOW [CASES [ORDERS [FIRST [STORE]]]]]
switch (args.FirstOrDefault())
{
    case "race":
        await Races.RunAsync(Number(1, int.MaxValue));
        return 0;
    case "replay":
        var experiment = Experiment.Of(args.ElementAtOrDefault(1) ?? "math", args.ElementAtOrDefault(2) ?? "validate");
        var exhaustive = new Exhaustive(experiment, await Measurement.RunAsync(experiment, args.ElementAtOrDefault(5), null));
        Replays.Run(experiment, exhaustive, Number(3, 50), Number(4, 2001));
        return 0;
    default:
        await Console.Error.WriteLineAsync("""
            Say what to measure:
              race [CASES]                                           at most so many cases
              replay [WORKFLOW [FILE [ORDERS [FIRST [STORE]]]]]      math or chain, validate or test, how many orders of the cases, the first one's seed, where to keep the profile
            """);
        return 2;
}

int Number(int place, int otherwise) => args.Length > place ? int.Parse(args[place], CultureInfo.InvariantCulture) : otherwise;
