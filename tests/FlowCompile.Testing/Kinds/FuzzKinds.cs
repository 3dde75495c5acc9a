using FlowCompile.Testing.Fuzzing;

namespace FlowCompile.Testing.Kinds;

/// <summary>All kinds of files that come from outside.</summary>
public static class FuzzKinds
{
    /// <summary>How each is made, by its name.</summary>
    public static IReadOnlyDictionary<string, Func<FuzzKind>> All { get; } = new Dictionary<string, Func<FuzzKind>>
    {
        ["plans"] = () => new PlanKind(),
        ["settings"] = () => new SettingsKind(),
        ["cases"] = () => new CaseKind(),
        ["recorded calls"] = () => new ReplayCallKind(),
        ["tables"] = () => new ReplayTableKind(),
        ["tokenizers"] = () => new ModelFolderKind(),
        ["stores"] = () => new StoreKind(),
    };
}
