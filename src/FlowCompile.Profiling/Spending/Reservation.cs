namespace FlowCompile.Profiling;

/// <summary>What is set aside for a request that is under way, until it is known what it was billed for.</summary>
/// <param name="model">The model's name.</param>
internal sealed class Reservation(string model)
{
    /// <summary>The model's name.</summary>
    public string Model => model;

    /// <summary>The request's reasoning budget.</summary>
    public int Budget { get; set; }

    /// <summary>What is set aside.</summary>
    public TokenAmount Likely { get; set; }

    /// <summary>What it is counted for if it never says what it took.</summary>
    public TokenAmount AtMost { get; set; }

    /// <summary>Whether its answer is read by the code that asked, at its own pace: nobody can wait for the end of that.</summary>
    public bool IsStreamed { get; set; }
}
