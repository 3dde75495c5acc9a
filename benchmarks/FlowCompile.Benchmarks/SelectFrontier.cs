namespace FlowCompile.Benchmarks;

/// <summary>The shape of a frontier.</summary>
public enum SelectFrontier
{
    /// <summary>Every configuration is the best for some weight.</summary>
    Concave,

    /// <summary>Accuracies at random, so that only few configurations are best for some weight.</summary>
    Scattered,
}
