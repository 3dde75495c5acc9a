namespace FlowCompile.Profiling;

/// <summary>The inputs of a node as they are stored.</summary>
/// <param name="Json">A JSON list, one item for each input.</param>
internal sealed record StoredInputs(string Json)
{
    /// <summary>Their hash.</summary>
    public string Hash { get; } = ContentHash.OfText(Json);
}
