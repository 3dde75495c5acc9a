using System.Globalization;

namespace FlowCompile.Compilation.Tests.Clock;

/// <summary>The program that compares estimates with runs of generated code, in a process of its own (<see cref="SingleWorker"/>).</summary>
internal static class ClockProgram
{
    /// <summary>Compares.</summary>
    /// <param name="arguments">The first seed of the random workflows, and how many of them there are.</param>
    /// <returns>0 where estimates and runs agree and there was some of everything, otherwise 1.</returns>
    public static int Main(string[] arguments)
    {
        var report = ClockReport.Of(int.Parse(arguments[0], CultureInfo.InvariantCulture), int.Parse(arguments[1], CultureInfo.InvariantCulture));
        Console.WriteLine(report);
        Console.WriteLine($"not there: {(report.Missing.Count == 0 ? "nothing" : string.Join(", ", report.Missing))}");
        return report.IsSame && report.Missing.Count == 0 ? 0 : 1;
    }
}
