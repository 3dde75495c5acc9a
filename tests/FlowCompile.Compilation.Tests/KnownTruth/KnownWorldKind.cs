namespace FlowCompile.Compilation.Tests.KnownTruth;

/// <summary>A world whose accuracies are known.</summary>
internal enum KnownWorldKind
{
    /// <summary>One sub-agent under 40 settings, each right with probability 0.7.</summary>
    Equal,

    /// <summary>One sub-agent under 40 settings that are right with a probability from 0.5 to 0.88, slower ones more often.</summary>
    Gradient,

    /// <summary>A chain of two sub-agents under 8 settings each, and three cases of ten on which all are right less often.</summary>
    Hard,
}
