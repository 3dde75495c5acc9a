using Microsoft.Extensions.AI;

namespace FlowCompile.Models.Onnx;

/// <summary>
/// One text under several budgets. It is decoded to its end under the largest; where its thinking passes a smaller budget, it is cut, and
/// the answer is decoded from there. A budget that the thinking never reaches has the text itself.
/// </summary>
/// <param name="model">The model.</param>
/// <param name="next">Generates the next token of a text, and says whether there was one.</param>
internal sealed class BudgetSweep(TextModel model, Func<Generation, bool> next)
{
    /// <summary>Decodes the text under each budget.</summary>
    /// <param name="budgets">The budgets: one or more, all different, in any order.</param>
    /// <param name="begin">Begins the text under one budget; always with the same prompt, sampling and seed.</param>
    /// <returns>The responses, in the order of the budgets.</returns>
    public IReadOnlyList<ChatResponse> Run(IReadOnlyList<int> budgets, Func<int, Generation> begin)
    {
        var largest = budgets.Max();
        var inside = budgets.Where(budget => budget > 0 && budget < largest).ToHashSet();
        Dictionary<int, Generation> cuts = [];
        try
        {
            using var whole = begin(largest);
            while (next(whole))
            {
                if (whole.Kind == TokenKind.Thinking && inside.Contains(whole.Thinking.Count))
                {
                    cuts.Add(whole.Thinking.Count, whole.CutThinking());
                }
            }

            // Only now the cuts go on: the whole text's times are those of a call of its own.
            Dictionary<int, ChatResponse> responses = new() { [largest] = new ResponseWriter(model).Whole(whole) };
            var reused = responses[largest].GetTimings()! with { IsDerived = true, ReusedTokens = whole.Times.Count };
            // The latest cut first: where cuts share their keys and values with the text, each goes on in the place of what came later.
            foreach (var budget in budgets.Where(budget => budget != largest).OrderDescending())
            {
                responses.Add(budget, budget == 0 ? Alone(begin(0))
                    : cuts.TryGetValue(budget, out var cut) ? Alone(cut)
                    : new ResponseWriter(model).Whole(whole, reused));
            }

            return [.. budgets.Select(budget => responses[budget])];
        }
        finally
        {
            foreach (var cut in cuts.Values)
            {
                cut.Dispose();
            }
        }
    }

    private ChatResponse Alone(Generation text)
    {
        using (text)
        {
            while (next(text))
            {
            }

            return new ResponseWriter(model).Whole(text);
        }
    }
}
