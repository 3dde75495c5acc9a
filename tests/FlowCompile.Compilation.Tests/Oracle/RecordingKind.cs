namespace FlowCompile.Compilation.Tests.Oracle;

/// <summary>How a random profile's calls come out.</summary>
internal enum RecordingKind
{
    /// <summary>Repetitions differ.</summary>
    Varied,

    /// <summary>A call on the same inputs always comes out the same: runs on a case differ in nothing.</summary>
    Steady,

    /// <summary>All calls are right.</summary>
    AllRight,

    /// <summary>All calls are wrong.</summary>
    AllWrong,
}
