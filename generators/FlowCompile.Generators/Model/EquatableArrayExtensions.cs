namespace FlowCompile.Generators.Model;

internal static class EquatableArrayExtensions
{
    /// <summary>Freezes a sequence.</summary>
    public static EquatableArray<T> Freeze<T>(this IEnumerable<T> items)
        where T : IEquatable<T> => EquatableArray<T>.From(items);
}
