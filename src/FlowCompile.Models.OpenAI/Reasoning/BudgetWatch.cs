using Microsoft.Extensions.Logging;

namespace FlowCompile.Models.OpenAI;

/// <summary>Warns, once for each model, where thinking goes beyond the budget.</summary>
internal sealed class BudgetWatch(OpenAIModelOptions model, ILogger logger)
{
    // What ends the thinking is counted by some servers.
    private const int Grace = 16;
    private int _warned;

    public void Check(long thinking, int? budget)
    {
        if (budget is { } tokens && thinking > (long)tokens + Math.Max(Grace, tokens / 10) && Interlocked.Exchange(ref _warned, 1) == 0)
        {
            Log.BudgetIgnored(logger, model.DisplayName, thinking, tokens, Advice());
        }
    }

    private string Advice() => model.Reasoning switch
    {
        ReasoningMeans.None when model.BodyByBudget.Count > 0 => "What 'bodyByBudget' sends does not hold it to one: check that the server knows these fields.",
        ReasoningMeans.None => "Its settings name no means to hold it to one: set 'reasoning' to limit, effort or continue.",
        ReasoningMeans.Limit => $"Check that the server knows the field '{model.ReasoningPath}', or set 'reasoning' to continue.",
        ReasoningMeans.Effort => "An effort is no limit: name efforts that fit the budgets with 'efforts', or choose larger budgets.",
        _ => "Check that the server takes 'continue_final_message', and that 'thinkStart' and 'thinkEnd' are the model's.",
    };
}
