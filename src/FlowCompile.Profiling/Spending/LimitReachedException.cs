namespace FlowCompile.Profiling;

/// <summary>A request that may not begin, because a limit of the run is reached. What it was for is not measured, and is no failure.</summary>
internal sealed class LimitReachedException : Exception
{
    /// <summary>Creates the exception.</summary>
    public LimitReachedException()
        : base("A limit of the run is reached: no further call begins.")
    {
    }
}
