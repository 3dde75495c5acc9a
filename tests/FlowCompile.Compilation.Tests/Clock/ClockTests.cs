using System.Diagnostics;

namespace FlowCompile.Compilation.Tests.Clock;

/// <summary>
/// Estimates against runs of the generated code, with models of fixed delay on a clock that stands still while anything can run. The runs are in a process of their
/// own (<see cref="ClockProgram"/>).
/// </summary>
public class ClockTests
{
    private const string FirstSeed = "0";
    private const string Count = "80";

    [Fact]
    public async Task Runs_of_random_workflows_come_to_what_is_estimated()
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in new[] { typeof(ClockProgram).Assembly.Location, FirstSeed, Count })
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment[SingleWorker.Variable.Key] = SingleWorker.Variable.Value;

        // Most code runs a few times only.
        start.Environment["DOTNET_TieredPGO"] = "0";
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(15));
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
        }

        Assert.True(process.ExitCode == 0, $"{await output}{await errors}");
    }
}
