namespace FlowCompile.Profiling;

/// <summary>Something of this machine that counts the energy it takes.</summary>
internal interface IEnergyCounter
{
    /// <summary>What it counts, for example <c>package-0</c>.</summary>
    string Name { get; }

    /// <summary>The joules counted since some moment in the past; <see langword="null"/> where it cannot be read.</summary>
    double? Read();
}
