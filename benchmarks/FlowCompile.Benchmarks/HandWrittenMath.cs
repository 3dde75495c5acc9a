using System.Diagnostics;
using Microsoft.Extensions.AI;
using WordMath;

namespace FlowCompile.Benchmarks;

/// <summary>
/// The calls of the sample's largest configuration as one would write them by hand: the same prompts, options and order, without any trace or
/// with a record of each call's tokens and latency.
/// </summary>
internal sealed class HandWrittenMath(IChatClient mini, IChatClient micro)
{
    public async Task<string> RunAsync(string problem, List<CallRecord>? calls, CancellationToken cancellationToken)
    {
        var refined = RefineAsync(problem, calls, cancellationToken);
        var detailed = AskAsync(micro, "DetailedSolver", $"[detail] {problem}", new Setting("micro", 32), null, calls, cancellationToken);
        var first = AskAsync(mini, "GenerateSolver", $"[solve] {problem}", new Setting("mini", 64), 0.7f, calls, cancellationToken);
        var second = AskAsync(mini, "GenerateSolver", $"[solve] {problem}", new Setting("mini", 64), 0.7f, calls, cancellationToken);
        var candidates = await Task.WhenAll(refined, detailed, first, second).ConfigureAwait(false);
        var prompt = $"[select] {problem} {string.Join(' ', candidates.Select(answer => $"<cand> {answer}"))}";
        return await AskAsync(mini, "Select", prompt, new Setting("mini", 16), null, calls, cancellationToken).ConfigureAwait(false);
    }

    private async Task<string> RefineAsync(string problem, List<CallRecord>? calls, CancellationToken cancellationToken)
    {
        var program = await AskAsync(mini, "Programmer", $"[program] {problem}", new Setting("mini", 8), null, calls, cancellationToken).ConfigureAwait(false);
        var prompt = $"[refine] {problem} <hint> {Arithmetic.Evaluate(program)}";
        return await AskAsync(mini, "RefineSolver", prompt, new Setting("mini", 16), null, calls, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<string> AskAsync(
        IChatClient model, string node, string prompt, Setting setting, float? temperature, List<CallRecord>? calls, CancellationToken cancellationToken)
    {
        // A client may change the options it is given: every call gets its own.
        var options = new ChatOptions { Temperature = temperature };
        options.SetReasoningBudget(setting.Budget);
        var start = calls is null ? 0 : Stopwatch.GetTimestamp();
        var response = await model.GetResponseAsync([new ChatMessage(ChatRole.User, prompt)], options, cancellationToken).ConfigureAwait(false);
        if (calls is not null)
        {
            var record = new CallRecord
            {
                Node = node,
                Replica = 0,
                Attempt = 0,
                Setting = setting,
                InputTokens = response.Usage?.InputTokenCount ?? 0,
                ThinkingTokens = response.Usage?.ReasoningTokenCount ?? 0,
                OutputTokens = response.Usage?.OutputTokenCount ?? 0,
                TimeToFirstToken = null,
                Latency = Stopwatch.GetElapsedTime(start),
            };
            lock (calls)
            {
                calls.Add(record);
            }
        }

        return response.Text;
    }
}
