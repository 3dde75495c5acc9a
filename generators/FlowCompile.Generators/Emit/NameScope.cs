using FlowCompile.Generators.Model;

namespace FlowCompile.Generators.Emit;

/// <summary>Names that must differ from each other.</summary>
internal sealed class NameScope(params string[] taken)
{
    private readonly HashSet<string> _taken = new(taken, StringComparer.Ordinal);

    /// <summary>The name, or where it is taken the name with the suffix, or with a number as well.</summary>
    /// <returns>The name as C# writes it.</returns>
    public string Take(string name, string suffix)
    {
        var free = name;
        for (var i = 1; !_taken.Add(free); i++)
        {
            free = i == 1 ? name + suffix : name + suffix + Literals.Number(i);
        }

        return Identifiers.Escape(free);
    }

    /// <summary>A scope that starts with the names of this one.</summary>
    public NameScope Inner(params string[] more) => new([.. _taken, .. more]);
}
