namespace FlowCompile;

/// <summary>The candidates of a list that are there.</summary>
/// <typeparam name="T">The type of one candidate.</typeparam>
/// <param name="Tasks">Their tasks, in order.</param>
/// <param name="Agreed">Those of them that agree, where these are enough; otherwise none.</param>
internal readonly record struct CandidateValues<T>(IReadOnlyList<Task<T>> Tasks, IReadOnlyList<Task<T>> Agreed)
{
    /// <summary>Their values, in order.</summary>
    public T[] Values => [.. Tasks.Select(task => task.Result)];
}
