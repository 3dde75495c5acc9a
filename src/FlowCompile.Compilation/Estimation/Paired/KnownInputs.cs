namespace FlowCompile.Compilation;

/// <summary>What is known of the inputs of a call whose latency is asked for.</summary>
/// <param name="Candidates">How many candidates it chooses among; 0 where it takes none, or where that is not known.</param>
/// <param name="State">What is right in them; <see langword="null"/> where that is not known.</param>
internal readonly record struct KnownInputs(int Candidates, InputState? State = null)
{
    /// <summary>What is known where all is.</summary>
    /// <param name="state">What is right in the inputs.</param>
    public static KnownInputs Of(InputState state) => new(state.Candidates, state);

    /// <summary>Of calls on one case those most like it: with the same right, or as many candidates, or else all.</summary>
    /// <param name="calls">The calls.</param>
    public RecordedCall[] Like(RecordedCall[] calls)
    {
        var known = this;
        var alike = known.State is { } state ? Array.FindAll(calls, call => call.State == state) : [];
        alike = alike.Length > 0 || known.Candidates == 0 ? alike : Array.FindAll(calls, call => call.State.Candidates == known.Candidates);
        return alike.Length > 0 ? alike : calls;
    }
}
