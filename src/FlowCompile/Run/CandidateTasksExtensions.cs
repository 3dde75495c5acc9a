using System.ComponentModel;

namespace FlowCompile;

/// <summary>Candidate lists in a workflow with branches. For generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class CandidateTasksExtensions
{
    /// <summary>Waits for all candidates.</summary>
    /// <typeparam name="T">The type of one candidate.</typeparam>
    /// <param name="candidates">The candidates.</param>
    /// <returns>The values of those whose branch was taken, in order.</returns>
    public static async ValueTask<T[]> PresentAsync<T>(this CandidateTasks<NodeOutput<T>> candidates)
    {
        var outputs = await candidates.ToArrayAsync().ConfigureAwait(false);
        var values = new T[outputs.Count(output => output.HasValue)];
        var next = 0;
        foreach (var output in outputs)
        {
            if (output.HasValue)
            {
                values[next++] = output.Value;
            }
        }

        return values;
    }
}
