using System.Diagnostics;
using System.Globalization;
using FlowCompile.Testing.Fuzzing;
using FlowCompile.Testing.Kinds;

// dotnet run -c Release --project benchmarks/FlowCompile.Fuzzing [COUNT] [SEED] [KIND]
// Reads COUNT mutated files of every kind (20,000), or of one, and prints a row for each. With FIRST:COUNT it starts at an input's number, so that 1234:1 is that one again.
var span = (args.Length > 0 ? args[0] : "20000").Split(':');
var (first, count) = span.Length > 1 ? (Number(span[0]), Number(span[1])) : (0, Number(span[0]));
var seed = args.Length > 1 ? Number(args[1]) : 20261130;
var names = args.Length > 2 ? [args[2]] : FuzzKinds.All.Keys.ToArray();
var log = Path.Combine(Path.GetTempPath(), $"flowcompile-fuzz-{Environment.ProcessId}");
Console.WriteLine("| kind | files | accepted | refused | wrong | slowest | most allocated | time |");
Console.WriteLine("|---|--:|--:|--:|--:|--:|--:|--:|");
var failed = 0;
foreach (var name in names)
{
    using var kind = FuzzKinds.All[name]();
    var start = Stopwatch.GetTimestamp();
    Console.Error.WriteLine($"{name}: the input that is read now stands in {log}");
    var report = Fuzzer.Run(kind, count, seed, first, log);
    Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"| {name} | {count:#,0} | {report.Accepted:#,0} | {report.Refused:#,0} | {report.Failed:#,0} | {report.Slowest.TotalMilliseconds:0} ms | {report.MostAllocated / 1048576.0:0.0} MiB | {Stopwatch.GetElapsedTime(start).TotalSeconds:0} s |"));
    Console.Error.Write(report.Describe());
    failed += report.Failed;
}

File.Delete(log);
return failed > 0 ? 1 : 0;

static int Number(string text) => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
