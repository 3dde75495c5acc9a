namespace FlowCompile.Compilation;

/// <summary>A profile that was measured by the published system, in this one's terms.</summary>
public sealed record PublishedProfile
{
    /// <summary>The profile.</summary>
    public required ProfileTable Table { get; init; }

    /// <summary>How many records it consists of.</summary>
    public required int Records { get; init; }

    /// <summary>How many records were left out because every generation of theirs had failed: no tokens were counted.</summary>
    public required int Failed { get; init; }

    /// <summary>
    /// Reads a <c>detailed_results.json</c> with the rates of a <c>latency_benchmark.json</c>: accuracies are means over records, and the
    /// latency of a record is its input tokens by the prefill rate plus its output tokens by the decode rate.
    /// </summary>
    /// <param name="results">The results of profiling.</param>
    /// <param name="latencies">The rates of the models.</param>
    /// <param name="names">Which sub-agent is which agent.</param>
    /// <param name="options">How to read them; <see langword="null"/> for the defaults.</param>
    /// <exception cref="CompileException">A file is missing or says something that cannot be; the message names the place.</exception>
    public static PublishedProfile Read(string results, string latencies, AgentNames names, ImportOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(results);
        ArgumentException.ThrowIfNullOrEmpty(latencies);
        ArgumentNullException.ThrowIfNull(names);
        var rates = ModelRates.Read(latencies);
        return new PublishedProfileReader(results, names, rates, options ?? new ImportOptions()).Read();
    }
}
