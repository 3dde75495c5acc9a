namespace FlowCompile.Profiling;

/// <summary>What a profile has and lacks of one sub-agent under one setting.</summary>
internal sealed class OutlookLine(int node, Setting setting)
{
    /// <summary>The sub-agent's index.</summary>
    public int Node => node;

    /// <summary>The setting.</summary>
    public Setting Setting => setting;

    /// <summary>How many cells are measured, those that failed included.</summary>
    public int There { get; set; }

    /// <summary>How many of those failed.</summary>
    public int Failed { get; set; }

    /// <summary>How many are not judged yet, although their outputs are there.</summary>
    public int Unjudged { get; set; }

    /// <summary>How many cells are missing for certain.</summary>
    public int Least { get; set; }

    /// <summary>How many may turn out to be missing at most.</summary>
    public int Most { get; set; }

    /// <summary>How many calls reference runs make for certain.</summary>
    public int ReferencesLeast { get; set; }

    /// <summary>How many they may make at most.</summary>
    public int ReferencesMost { get; set; }
}
