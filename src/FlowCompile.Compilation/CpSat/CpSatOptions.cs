namespace FlowCompile.Compilation.CpSat;

/// <summary>Where OR-Tools CP-SAT is, and how long it may take. The defaults find it by themselves.</summary>
public sealed record CpSatOptions
{
    private readonly TimeSpan _timeLimit = TimeSpan.FromSeconds(60);
    private readonly TimeSpan _grace = TimeSpan.FromSeconds(30);

    /// <summary>
    /// The file of an installed OR-Tools library; <see langword="null"/> (the default) looks for <c>ortools</c> where the system looks for
    /// libraries. Where there is none, Node.js runs the WebAssembly build that comes with FlowCompile.
    /// </summary>
    public string? Library { get; init; }

    /// <summary>Whether an installed OR-Tools library is used where there is one (default: it is).</summary>
    public bool UseLibrary { get; init; } = true;

    /// <summary>The command that starts Node.js (default <c>node</c>), version 18 or later.</summary>
    public string Node { get; init; } = "node";

    /// <summary>The folder with the driver <c>solve.mjs</c> and the package <c>or-tools-wasm</c> (default: <c>cpsat</c> beside the application).</summary>
    public string Folder { get; init; } = Path.Combine(AppContext.BaseDirectory, "cpsat");

    /// <summary>The longest that one model may take, above zero (default 60 seconds).</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not above zero.</exception>
    public TimeSpan TimeLimit
    {
        get => _timeLimit;
        init => _timeLimit = value > TimeSpan.Zero ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "A time limit is above zero.");
    }

    /// <summary>How long beyond <see cref="TimeLimit"/> an answer is waited for, start of Node.js included, not negative (default 30 seconds).</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative.</exception>
    public TimeSpan Grace
    {
        get => _grace;
        init => _grace = value >= TimeSpan.Zero ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "A time to wait is not negative.");
    }

    /// <summary>The seed of the search (default 1). Which of several equally good answers comes first can depend on it, nothing else.</summary>
    public int Seed { get; init; } = 1;
}
