using Microsoft.Extensions.AI;
using WordMath;

namespace FlowCompile.Benchmarks;

/// <summary>The calls of the sample's largest configuration as one would write them by hand, without any trace.</summary>
internal sealed class HandWrittenMath(IChatClient mini, IChatClient micro)
{
    public async Task<string> RunAsync(string problem, CancellationToken cancellationToken)
    {
        var refined = RefineAsync(problem, cancellationToken);
        var detailed = AskAsync(micro, $"[detail] {problem}", 32, null, cancellationToken);
        var first = AskAsync(mini, $"[solve] {problem}", 64, 0.7f, cancellationToken);
        var second = AskAsync(mini, $"[solve] {problem}", 64, 0.7f, cancellationToken);
        var candidates = await Task.WhenAll(refined, detailed, first, second).ConfigureAwait(false);
        return await AskAsync(
            mini, $"[select] {problem} {string.Join(' ', candidates.Select(answer => $"<cand> {answer}"))}", 16, null, cancellationToken).ConfigureAwait(false);
    }

    private async Task<string> RefineAsync(string problem, CancellationToken cancellationToken)
    {
        var program = await AskAsync(mini, $"[program] {problem}", 8, null, cancellationToken).ConfigureAwait(false);
        return await AskAsync(mini, $"[refine] {problem} <hint> {Arithmetic.Evaluate(program)}", 16, null, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<string> AskAsync(IChatClient model, string prompt, int budget, float? temperature, CancellationToken cancellationToken)
    {
        // A client may change the options it is given: every call gets its own.
        var options = new ChatOptions { Temperature = temperature };
        options.SetReasoningBudget(budget);
        return (await model.GetResponseAsync([new ChatMessage(ChatRole.User, prompt)], options, cancellationToken).ConfigureAwait(false)).Text;
    }
}
