namespace FlowCompile.Compilation;

/// <summary>How a configuration of a new plan is found for one of an old plan.</summary>
public enum FrontierPointKind
{
    /// <summary>A named preference chooses both: fastest, balanced, most accurate.</summary>
    Named,

    /// <summary>The most accurate of the new plan that is as fast as the old one, within the growth of latency that is allowed.</summary>
    EqualLatency,

    /// <summary>The one of the new plan with the least p95 latency that is as accurate as the old one, within the loss of accuracy that is allowed.</summary>
    EqualAccuracy,
}
