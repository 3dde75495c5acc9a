namespace FlowCompile.Testing.Fuzzing;

/// <summary>A mutated file.</summary>
/// <param name="Name">The file's name, with which the kind knows what it is.</param>
/// <param name="Bytes">Its content.</param>
/// <param name="Original">What it was made of.</param>
public sealed record FuzzInput(string Name, byte[] Bytes, byte[] Original);
