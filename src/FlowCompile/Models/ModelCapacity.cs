namespace FlowCompile;

/// <summary>How many calls run at once in the place where a model runs; more wait their turn. All models of one place share it.</summary>
/// <param name="Place">The place: for example <c>cpu</c> for this process's processor, or an endpoint.</param>
/// <param name="Calls">How many calls run there at once, 1 or more.</param>
public sealed record ModelCapacity(string Place, int Calls);
