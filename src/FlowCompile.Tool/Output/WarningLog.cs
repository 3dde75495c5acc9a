using Microsoft.Extensions.Logging;

namespace FlowCompile.Tool.Output;

/// <summary>Shows logged warnings as the command line's own.</summary>
internal sealed class WarningLog : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
        {
            Results.Warning(ShownText.OfMessage(formatter(state, exception)));
        }
    }
}
