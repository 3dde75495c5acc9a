namespace FlowCompile.Models.Onnx.Tests;

/// <summary>A clock that goes on by one millisecond each time it is read, so that what a call measures is known to the tick.</summary>
internal sealed class SteppingTime : TimeProvider
{
    private long _now;

    public override long TimestampFrequency => 1000;

    public override long GetTimestamp() => Interlocked.Increment(ref _now);
}
