using System.Globalization;
using System.Text.Json;
using FlowCompile.Profiling;

namespace FlowCompile.Tool.Output;

/// <summary>Shows what a profile would do and what of one still holds.</summary>
internal static class OutlookText
{
    private const string Unknown = "unknown";
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static void Write(string workflow, ProfileForecast forecast, bool json)
    {
        if (json)
        {
            Terminal.Json(JsonSerializer.Serialize(
                new { workflow, forecast.AlreadyThere, forecast.ReferenceRuns, forecast.Calls, forecast.CallsAtMost, forecast.UnknownCalls, forecast.EstimatedCalls, Cost = IsKnown(forecast) ? forecast.Cost : (double?)null, Seconds = IsKnown(forecast) ? forecast.Time.TotalSeconds : (double?)null, forecast.Probed, forecast.IsRaced, Dropped = Names(forecast.Dropped), forecast.Settled, forecast.Verification, forecast.Models },
                s_json));
            return;
        }

        Results.Heading($"{workflow}: {Range(forecast.Calls, forecast.CallsAtMost)} calls to make, {Results.Count(forecast.AlreadyThere)} outcomes are there");
        if (forecast.Models.Count == 0)
        {
            WriteVerification(forecast.Verification);
            return;
        }

        Results.Table(
            ["model", ">calls", ">input tokens", ">generated tokens", ">cost", ">time", ">nothing known of"],
            forecast.Models.Select(model => (IReadOnlyList<ShownText>)
            [
                model.IsJudge ? (ShownText)$"{model.Model} (judging)" : model.Model,
                Range(model.Calls, model.CallsAtMost),
                model.IsKnown ? Tokens(model.InputTokens) : Unknown,
                model.IsKnown ? Tokens(model.GeneratedTokens) : Unknown,
                !model.HasPrice ? "no price" : model.IsKnown ? model.Cost.ToString("0.####", CultureInfo.InvariantCulture) : Unknown,
                model.IsKnown ? ProgressDisplay.Duration(model.Time) : Unknown,
                Results.Count(model.UnknownCalls),
            ]));
        WriteBasis(forecast);
        if (forecast.Models.Sum(model => model.BatchedCallsAtMost) is > 0 and var batched)
        {
            Results.Line($"Up to {Results.Count(batched)} of the calls go in batches; the time is that of calls made alone, and batches take less, which no earlier call says.");
        }

        if (forecast.IsRaced)
        {
            Results.Line("Settings that the frontier can do without are dropped on the way, and cases that would hardly move it are left out, so it will be less; how much less, the outcomes will say.");
        }

        if (forecast.Dropped.Count > 0)
        {
            Results.Line($"Not counted: {Results.Count(forecast.Dropped.Count)} settings that were dropped before; --status names them.");
        }

        WriteVerification(forecast.Verification);
    }

    private static void WriteVerification(VerificationForecast? verification)
    {
        if (verification is null)
        {
            return;
        }

        var what = verification.IsAssumed
            ? $"the plan's configurations, taken for {Results.Count(verification.Configurations)} of the largest structure under the reference setting, on {Results.Count(verification.Cases, "case")}"
            : $"the plan's {Results.Count(verification.Configurations, "configuration")} on {Results.Count(verification.Cases, "case")}";
        var amounts = verification.UnknownCalls == verification.Calls
            ? "of which nothing is known yet"
            : $"{Tokens(verification.Tokens)} tokens, {Results.Amount(verification.Cost)} by the prices, {ProgressDisplay.Duration(verification.Time)} one after another{(verification.UnknownCalls > 0 ? $", and what {Results.Count(verification.UnknownCalls)} calls take of which nothing is known" : "")}";
        Results.Line($"Then it is verified: up to {Results.Count(verification.Runs, "run")} of {what}, at most {Results.Count(verification.Calls, "call")}, {amounts}. It ends early where the estimates are confirmed; --verify 0 leaves it out.");
    }

    private static bool IsKnown(ProfileForecast forecast) => forecast.Models.Count == 0 || forecast.Models.Any(model => model.IsKnown);

    // What the figures rest on. Where nothing is known there are none.
    private static void WriteBasis(ProfileForecast forecast)
    {
        if (forecast.Probed is { Requests: > 0 } probed)
        {
            Results.Line($"The probe sent {Results.Count(probed.Requests, "request")} and was billed for {Results.Count(probed.Tokens, "token")}, {Results.Amount(probed.Cost)} by the prices; what it measured is kept.");
        }

        if (IsKnown(forecast))
        {
            Results.Line("Tokens, cost and time are at most, by what earlier calls took; calls that nothing is known of are not in them.");
            Results.Line($"In all at most {Tokens(forecast.Models.Sum(model => model.InputTokens + model.GeneratedTokens))} tokens, {Results.Amount(forecast.Cost)} by the prices, {ProgressDisplay.Duration(forecast.Time)}{(forecast.UnknownCalls > 0 ? ", and what the unknown calls take" : "")}.");
        }

        if (forecast.EstimatedCalls > 0)
        {
            Results.Line($"{Results.Count(forecast.EstimatedCalls)} of the calls are reckoned from other calls of their model: the prompt by the sub-agent, the answer by the budget.");
        }

        if (forecast.UnknownCalls > 0)
        {
            var thinking = forecast.Models.Sum(model => model.UnknownThinkingTokensAtMost);
            Results.Line($"Of {Results.Count(forecast.UnknownCalls, "call")} nothing is known but their number, and that their budgets allow {Results.Count(thinking)} thinking tokens: not their prompts, their answers, what they cost or how long they take. '--dry-run --probe' makes a few calls of each model, which are kept, and says it.");
        }
    }

    public static void Write(string workflow, ProfileStatus status, bool json)
    {
        if (json)
        {
            Terminal.Json(JsonSerializer.Serialize(
                new { workflow, status.IsUpToDate, status.MissingReferenceRuns, Changes = status.Changes.Select(change => new { Kind = change.Kind.ToString(), change.Subject, change.Text }), status.Nodes, Dropped = Names(status.Dropped), status.Settled, Judge = status.Judge is { } judge ? new { judge.Setting, judge.Nodes, Agreement = status.JudgeAgreement } : null, status.EnergyCounters, status.VerificationRuns },
                s_json));
            return;
        }

        Results.Heading($"{workflow}: the profile {(status.IsUpToDate ? "is up to date" : "is not up to date")}");
        foreach (var change in status.Changes)
        {
            Results.Line(ShownText.OfMessage(change.Text));
        }

        Results.Table(
            ["sub-agent", ">measured", ">failed", ">missing"],
            status.Nodes.Select(node => (IReadOnlyList<ShownText>)
                [node.Node, Results.Count(node.Measured), Results.Count(node.Failed), Range(node.Missing, node.MissingAtMost)]));
        WriteRace(status.Dropped, status.Settled);
        if (status.VerificationRuns > 0)
        {
            Results.Line($"Plans of this profile are verified by {Results.Count(status.VerificationRuns, "end-to-end run")}.");
        }

        JudgeText.Write(status.Judge, status.JudgeAgreement);
        Results.Line(status.EnergyCounters.Count > 0
            ? (ShownText)$"Energy is counted by {ShownText.Join(", ", status.EnergyCounters)}."
            : "Energy is not measured: no model runs on this machine, or it has no counters that this user may read.");
    }

    private static void WriteRace(IReadOnlyList<DroppedSetting> dropped, SettledRace? settled)
    {
        foreach (var line in RaceText.Lines(dropped))
        {
            Results.Line($"Dropped, and not missing: {line}.");
        }

        if (dropped.Count > 0)
        {
            Results.Line("--exhaustive measures what was dropped too.");
        }

        if (settled is not null)
        {
            Results.Line($"Measured on {Results.Count(settled.Cases, "case")}, and the others are not missing: {ShownText.OfMessage(settled.Reason)}; --precision 0 measures them too.");
        }
    }

    private static IEnumerable<object> Names(IReadOnlyList<DroppedSetting> dropped) =>
        dropped.Select(one => new { one.Node, Setting = one.Setting.ToString(), one.Reason });

    private static string Range(int least, int most) => least == most ? Results.Count(least) : $"{Results.Count(least)} to {Results.Count(most)}";

    private static string Tokens(double count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
