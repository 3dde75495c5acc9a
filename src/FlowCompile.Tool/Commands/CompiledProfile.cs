using FlowCompile.Compilation;

namespace FlowCompile.Tool.Commands;

/// <summary>A measured profile and what it was compiled to.</summary>
/// <param name="Table">The profile.</param>
/// <param name="Options">What it was compiled for.</param>
/// <param name="Frontier">The frontier.</param>
internal sealed record CompiledProfile(ProfileTable Table, CompileOptions Options, CompiledFrontier Frontier);
