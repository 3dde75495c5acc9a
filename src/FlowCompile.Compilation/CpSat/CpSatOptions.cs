namespace FlowCompile.Compilation.CpSat;

/// <summary>Where OR-Tools CP-SAT is, and how long it may take. The defaults find it by themselves.</summary>
public sealed record CpSatOptions
{
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

    /// <summary>The longest that one model may take (default 60 seconds).</summary>
    public TimeSpan TimeLimit { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long beyond <see cref="TimeLimit"/> an answer is waited for, start of Node.js included (default 30 seconds).</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The seed of the search (default 1). Which of several equally good answers comes first can depend on it, nothing else.</summary>
    public int Seed { get; init; } = 1;
}
