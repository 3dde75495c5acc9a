namespace FlowCompile.Tool.Projects;

/// <summary>Where the assembly of a project is.</summary>
/// <param name="Assembly">Its path.</param>
/// <param name="ProjectWritten">When the project file was written, in ticks.</param>
internal sealed record LastBuildEntry(string Assembly, long ProjectWritten);
