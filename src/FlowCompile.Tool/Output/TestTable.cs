namespace FlowCompile.Tool.Output;

/// <summary>A table of a test report.</summary>
/// <param name="Title">What it shows, without a full stop.</param>
/// <param name="Headers">The headers; one that starts with &gt; is of a column of numbers.</param>
/// <param name="Rows">The rows.</param>
internal sealed record TestTable(ShownText Title, IReadOnlyList<ShownText> Headers, IReadOnlyList<IReadOnlyList<ShownText>> Rows);
