using System.Globalization;
using FlowCompile.Profiling.Benchmarks;

// dotnet run -c Release --project benchmarks/FlowCompile.Profiling.Benchmarks -- race [ORDERS [CASES]]
if (args.FirstOrDefault() != "race")
{
    await Console.Error.WriteLineAsync("Say what to measure: race, in how many orders of the cases, and on how many cases.");
    return 2;
}

await Races.RunAsync(Number(1, 5), Number(2, int.MaxValue));
return 0;

int Number(int place, int otherwise) => args.Length > place ? int.Parse(args[place], CultureInfo.InvariantCulture) : otherwise;
