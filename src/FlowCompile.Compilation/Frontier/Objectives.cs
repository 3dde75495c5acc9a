namespace FlowCompile.Compilation;

/// <summary>What a frontier trades off: two or more of these.</summary>
[Flags]
public enum Objectives
{
    /// <summary>Nothing; not a valid choice.</summary>
    None = 0,

    /// <summary>Accuracy: more is better.</summary>
    Accuracy = 1,

    /// <summary>Latency: less is better.</summary>
    Latency = 2,

    /// <summary>Cost: less is better.</summary>
    Cost = 4,

    /// <summary>Energy: less is better. It must have been measured for every setting that may be chosen.</summary>
    Energy = 8,
}
