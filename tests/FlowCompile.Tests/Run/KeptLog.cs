using Microsoft.Extensions.Logging;

namespace FlowCompile.Tests.Run;

/// <summary>A log that keeps its lines.</summary>
internal sealed class KeptLog : ILoggerFactory
{
    public KeptLog() => Logger = new KeptLogger(this);

    public ILogger Logger { get; }

    public List<string> Lines { get; } = [];

    /// <summary>Waits until a line has a text.</summary>
    public async Task HasAsync(string text)
    {
        for (var end = DateTime.UtcNow.AddMinutes(1); !Has(); await Task.Yield())
        {
            Assert.True(DateTime.UtcNow < end, $"The log has no '{text}'.");
        }

        bool Has()
        {
            lock (Lines)
            {
                return Lines.Exists(line => line.Contains(text, StringComparison.Ordinal));
            }
        }
    }

    public ILogger CreateLogger(string categoryName) => Logger;

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public void Dispose()
    {
    }

    private sealed class KeptLogger(KeptLog log) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (log.Lines)
            {
                log.Lines.Add($"{logLevel}: {formatter(state, exception)}");
            }
        }
    }
}
