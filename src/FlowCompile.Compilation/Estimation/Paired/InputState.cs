namespace FlowCompile.Compilation;

/// <summary>What is right in the inputs of a call: what its recorded outcomes are told apart by.</summary>
/// <param name="AllRight">Whether all required inputs are right, and a candidate where it takes candidates. Of a repairer: whether the value to repair is.</param>
/// <param name="RightCandidates">How many of its candidates are right.</param>
/// <param name="Candidates">How many candidates it has; 0 where it takes none.</param>
internal readonly record struct InputState(bool AllRight, int RightCandidates, int Candidates)
{
    private const double Kind = 16;

    /// <summary>What a call without upstreams gets.</summary>
    public static InputState Right => new(true, 0, 0);

    /// <summary>What a repairer gets.</summary>
    public static InputState Wrong => new(false, 0, 0);

    /// <summary>How unlike two states are: right and wrong first, then the share of right candidates, then their number.</summary>
    public double DistanceTo(InputState other) => (AllRight == other.AllRight ? 0 : Kind)
        + Math.Abs(Share - other.Share) + (Math.Abs(Candidates - other.Candidates) / 1024.0);

    private double Share => Candidates == 0 ? 0 : (double)RightCandidates / Candidates;
}
