namespace FlowCompile.Profiling;

/// <summary>A model of a profile.</summary>
/// <param name="Name">Its name in <c>flowcompile.json</c>.</param>
/// <param name="Identity">What makes it this model and no other (<see cref="ModelDescription.Identity"/>).</param>
/// <param name="Device">Where it ran; <see langword="null"/> where its client does not tell.</param>
public sealed record ProfiledModel(string Name, string Identity, string? Device)
{
    /// <summary>How many calls run at once where it ran; <see langword="null"/> where no limit is known.</summary>
    public ModelCapacity? Capacity { get; init; }
}
