using Microsoft.Extensions.Logging;
using Polly;
using Polly.Retry;

namespace FlowCompile.Models.OpenAI;

/// <summary>Tries a call again where that may help: waits grow from try to try, jittered, unless the server says how long to wait.</summary>
internal static class RetryPipeline
{
    public static ResiliencePipeline Create(OpenAIModelOptions model, TimeProvider time, ILogger logger)
    {
        var builder = new ResiliencePipelineBuilder { TimeProvider = time };
        if (model.Retries > 0)
        {
            builder.AddRetry(new RetryStrategyOptions
            {
                MaxRetryAttempts = model.Retries,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = model.RetryDelay,
                MaxDelay = model.MaxRetryDelay,
                ShouldHandle = static arguments => ValueTask.FromResult(arguments.Outcome.Exception is FailedCallException { IsTransient: true }),
                DelayGenerator = static arguments => ValueTask.FromResult((arguments.Outcome.Exception as FailedCallException)?.RetryAfter),
                OnRetry = arguments =>
                {
                    Log.Retrying(logger, model.DisplayName, arguments.AttemptNumber + 1, arguments.RetryDelay, arguments.Outcome.Exception!.Message);
                    return default;
                },
            });
        }

        return builder.Build();
    }
}
