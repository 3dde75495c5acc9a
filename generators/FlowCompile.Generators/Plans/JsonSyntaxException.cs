namespace FlowCompile.Generators.Plans;

/// <summary>A text that is not what it should be, and where.</summary>
internal sealed class JsonSyntaxException(int position, string message) : Exception(message)
{
    /// <summary>The index of the character in question.</summary>
    public int Position { get; } = position;
}
