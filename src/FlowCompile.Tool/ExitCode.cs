namespace FlowCompile.Tool;

/// <summary>The exit codes of every verb.</summary>
internal static class ExitCode
{
    public const int Success = 0;

    /// <summary>The input is wrong: settings, cases, models, a plan or a store.</summary>
    public const int BadInput = 1;

    /// <summary>The command line is wrong (as System.CommandLine reports it).</summary>
    public const int Usage = 2;

    /// <summary>The project does not build or has no workflow.</summary>
    public const int BadProject = 3;

    /// <summary>A plan is worse than another by more than is allowed.</summary>
    public const int LimitExceeded = 4;

    /// <summary>The native library of OR-Tools, which deployment limits need, is not there or there is none for this platform.</summary>
    public const int NotInstalled = 5;

    /// <summary>Something failed that should not have; --verbose shows where.</summary>
    public const int Internal = 70;

    /// <summary>Stopped by Ctrl-C, as shells report it. What was measured is kept.</summary>
    public const int Stopped = 130;
}
