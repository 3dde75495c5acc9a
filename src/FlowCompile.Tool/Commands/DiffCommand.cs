using System.CommandLine;
using FlowCompile.Compilation;
using FlowCompile.Plans;
using FlowCompile.Tool.Output;

namespace FlowCompile.Tool.Commands;

/// <summary><c>flowcompile diff</c>: what changed from one plan to another, for people and for build pipelines. No project is needed.</summary>
internal static class DiffCommand
{
    public static Command Create()
    {
        var old = new Argument<string>("old") { Description = "The old plan, for example the one in the main branch." };
        var @new = new Argument<string>("new") { Description = "The new plan." };
        var accuracy = LimitOptions.Number<double?>(
            "--max-accuracy-loss", "Fail where accuracy is lost by more than this, 0 to 1, at a named point or at equal latency.", "points", 0, "a number from 0 to 1", most: 1);
        var tail = LimitOptions.Number<double?>(
            "--max-p95-growth", "Fail where the p95 latency grows by more than this share, at a named point or at equal accuracy.", "share", 0, "a number of 0 or more");
        var json = CommonOptions.Json();
        var command = new Command("diff", "Say what changed from one plan to another; with a limit, fail where the new one is worse by more.") { old, @new, accuracy, tail, json };
        command.SetRunner(async (result, _) =>
        {
            var limits = new PlanLimits { MaxAccuracyLoss = result.GetValue(accuracy), MaxP95Growth = result.GetValue(tail) };
            var comparison = PlanComparison.Of(PlanFile.ReadDocument(result.GetRequiredValue(old)), PlanFile.ReadDocument(result.GetRequiredValue(@new)), limits);
            if (result.GetValue(json))
            {
                DiffJson.Write(comparison);
            }
            else
            {
                DiffText.Write(comparison);
            }

            foreach (var violation in comparison.Violations)
            {
                Terminal.ErrorLine($"error: {DiffText.Describe(violation)}");
            }

            return comparison.Violations.Count > 0 ? ExitCode.LimitExceeded : ExitCode.Success;
        });
        return command;
    }
}
