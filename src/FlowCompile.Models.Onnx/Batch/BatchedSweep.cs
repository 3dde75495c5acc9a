using Microsoft.Extensions.AI;

namespace FlowCompile.Models.Onnx;

/// <summary>
/// One text under several budgets, as <see cref="BudgetSweep"/> decodes it, but the answers after the cuts are decoded beside the text
/// that they were cut from: its times are of no use anyway.
/// </summary>
/// <param name="budgets">The budgets: one or more, all different, in any order.</param>
/// <param name="complete">Decodes a text to its end, and tells of each token before the text goes on.</param>
/// <param name="write">Writes a text that has ended.</param>
internal sealed class BatchedSweep(int[] budgets, Func<Generation, Action<Generation>?, Task> complete, Func<Generation, ChatResponse> write)
{
    private readonly Dictionary<int, Generation> _texts = [];
    private readonly List<Task> _tasks = [];

    /// <summary>Decodes the text under each budget.</summary>
    /// <param name="begin">Begins the text under one budget; always with the same prompt, sampling and seed.</param>
    /// <returns>The responses, in the order of the budgets.</returns>
    public async Task<IReadOnlyList<ChatResponse>> RunAsync(Func<int, Generation> begin)
    {
        var largest = budgets.Max();
        try
        {
            var whole = Add(largest, begin(largest));
            if (largest > 0 && budgets.Contains(0))
            {
                _tasks.Add(complete(Add(0, begin(0)), null));
            }

            // Last: from here on its tokens add texts.
            await EndAsync(complete(whole, Cut)).ConfigureAwait(false);
            var reused = write(whole).GetTimings()! with { IsDerived = true, ReusedTokens = whole.Times.Count };
            return
            [
                .. budgets.Select(budget =>
                {
                    var response = write(_texts.GetValueOrDefault(budget, whole));
                    if (!_texts.ContainsKey(budget))
                    {
                        response.SetTimings(reused);
                    }

                    return response;
                }),
            ];
        }
        finally
        {
            foreach (var text in _texts.Values)
            {
                text.Dispose();
            }
        }
    }

    private void Cut(Generation whole)
    {
        if (whole.Kind == TokenKind.Thinking && whole.Thinking.Count < budgets.Max() && budgets.Contains(whole.Thinking.Count))
        {
            _tasks.Add(complete(Add(whole.Thinking.Count, whole.CutThinking()), null));
        }
    }

    private Generation Add(int budget, Generation text)
    {
        _texts.Add(budget, text);
        return text;
    }

    // No text may be disposed while it is read, so that all have to end, whatever becomes of one.
    private async Task EndAsync(Task whole)
    {
        try
        {
            await whole.ConfigureAwait(false);
        }
        finally
        {
            await Task.WhenAll(_tasks).ConfigureAwait(false);
        }
    }
}
