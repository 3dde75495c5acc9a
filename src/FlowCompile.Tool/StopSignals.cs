using System.Runtime.InteropServices;

namespace FlowCompile.Tool;

/// <summary>Turns Ctrl-C and a request to end into a cancelled token, so that what runs ends by itself. A second one ends the process.</summary>
internal sealed class StopSignals : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly List<PosixSignalRegistration> _registrations;
    private int _count;

    public StopSignals() => _registrations =
    [
        PosixSignalRegistration.Create(PosixSignal.SIGINT, Handle),
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, Handle),
    ];

    public CancellationToken Token => _source.Token;

    /// <summary>Asks to stop, as a signal does.</summary>
    public void Stop() => _source.Cancel();

    public void Dispose()
    {
        _registrations.ForEach(registration => registration.Dispose());
        _source.Dispose();
    }

    private void Handle(PosixSignalContext context)
    {
        // The default of the second one is to end.
        context.Cancel = Interlocked.Increment(ref _count) == 1;
        _source.Cancel();
    }
}
