namespace FlowCompile.Profiling;

/// <summary>Something of this machine that counts the energy it takes.</summary>
internal interface IEnergyCounter
{
    /// <summary>What it counts, for example <c>package-0</c>.</summary>
    string Name { get; }

    /// <summary>Whether that is a GPU, not the processors or their memory.</summary>
    bool IsOfGpu { get; }

    /// <summary>The joules counted since some moment in the past; <see langword="null"/> where it cannot be read.</summary>
    double? Read();
}
