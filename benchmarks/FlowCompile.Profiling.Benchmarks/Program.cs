using System.Globalization;
using FlowCompile.Profiling;
using FlowCompile.Profiling.Benchmarks;

// dotnet run -c Release --project benchmarks/FlowCompile.Profiling.Benchmarks -- race [CASES] | replay [WORKFLOW [CASES [ORDERS [FIRST [STORE]]]]] | unseen [WORKFLOW [FILE [DRAWS [FIRST [STORE]]]]] | smoothing STORE [DRAWS [FIRST]] | repetitions STORE | instant [AT_ONCE [CASES]] | http [AT_ONCE [CASES [MILLISECONDS]]]
switch (args.FirstOrDefault())
{
    case "race":
        await Races.RunAsync(Number(1, int.MaxValue));
        return 0;
    case "replay":
        var experiment = Experiment.Of(args.ElementAtOrDefault(1) ?? "math", args.ElementAtOrDefault(2) ?? "validate");
        var exhaustive = new Exhaustive(experiment, await Measurement.RunAsync(experiment, args.ElementAtOrDefault(5), null));
        Replays.Run(experiment, exhaustive, Number(3, 50), Number(4, 5001));
        return 0;
    case "unseen":
        var drawn = Experiment.Of(args.ElementAtOrDefault(1) ?? "math", args.ElementAtOrDefault(2) ?? "test");
        Unseen.Run(drawn, await Measurement.RunAsync(drawn, args.ElementAtOrDefault(5), null), Number(3, 40), Number(4, 3001));
        return 0;
    case "smoothing" when args.Length > 1:
        var measured = Experiment.Of("math", "validate");
        Smoothing.Run(measured, Read(measured), Number(2, 10), Number(3, 4001));
        return 0;
    case "repetitions" when args.Length > 1:
        Repetitions.Run(Read(Experiment.Of("math", "validate")));
        return 0;
    case "instant":
        await Speed.InstantAsync(Number(1, 8), Number(2, 1000));
        return 0;
    case "http":
        await Speed.HttpAsync(Number(1, 64), Number(2, 500), Number(3, 20));
        return 0;
    case "serve":
        await SlowServer.RunAsync(Number(1, 20));
        return 0;
    default:
        await Console.Error.WriteLineAsync("""
            Say what to measure:
              race [CASES]                                           at most so many cases
              replay [WORKFLOW [FILE [ORDERS [FIRST [STORE]]]]]      math or chain, validate or test, how many orders of the cases, the first one's seed, where to keep the profile
              unseen [WORKFLOW [FILE [DRAWS [FIRST [STORE]]]]]       the same, how often cases are drawn
              smoothing STORE [DRAWS [FIRST]]                        a profile of the sample, made without a race
              repetitions STORE                                      the same
              instant [AT_ONCE [CASES]]                              how many cells are measured at once, on how many cases
              http [AT_ONCE [CASES [MILLISECONDS]]]                  the same, and how long the server takes
            """);
        return 2;
}

ProfileSummary Read(Experiment experiment)
{
    using var store = ProfileStore.Open(args[1]);
    return ProfileSummary.Read(store, experiment.Settings);
}

int Number(int place, int otherwise) => args.Length > place ? int.Parse(args[place], CultureInfo.InvariantCulture) : otherwise;
