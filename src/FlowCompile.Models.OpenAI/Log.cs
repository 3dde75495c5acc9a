using Microsoft.Extensions.Logging;

namespace FlowCompile.Models.OpenAI;

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "Model '{Model}': try {Attempt} failed, the next is in {Delay}: {Reason}.")]
    public static partial void Retrying(ILogger logger, string model, int attempt, TimeSpan delay, string reason);

    [LoggerMessage(2, LogLevel.Warning, "Model '{Model}' ignores its reasoning budget: it thought {Thinking} tokens under a budget of {Budget}. {Advice}")]
    public static partial void BudgetIgnored(ILogger logger, string model, long thinking, int budget, string advice);

    [LoggerMessage(3, LogLevel.Warning, "Model '{Model}': its server reports no usage, so that its tokens and its cost count as 0.")]
    public static partial void NoUsage(ILogger logger, string model);

    [LoggerMessage(10, LogLevel.Warning, "Model '{Model}': its server is loading it; calls wait until it is there, each {Limit} at most.")]
    public static partial void Loading(ILogger logger, string model, TimeSpan limit);

    [LoggerMessage(8, LogLevel.Warning, "Model '{Model}': {Form}. A server that parts thinking from answer itself (a reasoning parser) is the surer way.")]
    public static partial void FormFound(ILogger logger, string model, string form);
}
