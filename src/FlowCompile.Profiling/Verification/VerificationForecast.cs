namespace FlowCompile.Profiling;

/// <summary>What verifying a plan end to end will take at most, by what earlier calls took.</summary>
public sealed record VerificationForecast
{
    /// <summary>How many configurations it runs.</summary>
    public required int Configurations { get; init; }

    /// <summary>Whether these are not known yet, so that their number is that of a usual plan, and each is taken for the largest structure under the reference setting.</summary>
    public required bool IsAssumed { get; init; }

    /// <summary>On how many cases each runs, at most: fewer where the estimates are confirmed before.</summary>
    public required int Cases { get; init; }

    /// <summary>How many runs are made, at most; those that are there are not.</summary>
    public required int Runs { get; init; }

    /// <summary>How many calls they make, at most.</summary>
    public required int Calls { get; init; }

    /// <summary>How many of those nothing is known of, so that they are in no figure.</summary>
    public required int UnknownCalls { get; init; }

    /// <summary>Tokens of the prompts and generated ones.</summary>
    public required double Tokens { get; init; }

    /// <summary>What they cost by today's prices; 0 for models without one.</summary>
    public required double Cost { get; init; }

    /// <summary>How long the calls take, one after another.</summary>
    public required TimeSpan Time { get; init; }
}
