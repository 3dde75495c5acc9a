using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace FlowCompile.Models.OpenAI.Tests;

/// <summary>Keeps what is logged, at every level.</summary>
internal sealed class RecordingLogger : ILogger
{
    private readonly ConcurrentQueue<(LogLevel Level, string Text)> _entries = new();

    public IEnumerable<string> All => _entries.Select(entry => entry.Text);

    public IEnumerable<string> Warnings => _entries.Where(entry => entry.Level >= LogLevel.Warning).Select(entry => entry.Text);

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _entries.Enqueue((logLevel, formatter(state, exception) + exception));
}
