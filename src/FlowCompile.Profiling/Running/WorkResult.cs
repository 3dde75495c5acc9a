namespace FlowCompile.Profiling;

/// <summary>What is left to do of a piece of work that is done.</summary>
/// <param name="Write">Writes it; it asks nothing but the store, and may be called again where the writing failed.</param>
/// <param name="Written">Told once it is in the store.</param>
internal sealed record WorkResult(Action Write, Action Written);
