using System.Collections.Immutable;
using System.Globalization;
using FlowCompile.Text;
using Microsoft.CodeAnalysis;

namespace FlowCompile.Generators.Diagnostics;

/// <summary>What a diagnostic tells the code fixes, which do not analyse again: properties by key, and places in their order.</summary>
internal sealed class FixFacts
{
    /// <summary>The containing type that is to be declared partial: its name.</summary>
    public const string Partial = "Partial";

    /// <summary>The name that is no name of anything.</summary>
    public const string Name = "Name";

    /// <summary>The name that was most likely meant; absent where none is near.</summary>
    public const string Nearest = "Nearest";

    /// <summary>A type, as code that compiles anywhere: the missing parameter's, or the one that a parameter should have.</summary>
    public const string Type = "Type";

    /// <summary>The missing parameter's name.</summary>
    public const string Parameter = "Parameter";

    /// <summary>The items of a list to keep, in their order: indexes, with commas.</summary>
    public const string Order = "Order";

    /// <summary>How many items the list has.</summary>
    public const string Count = "Count";

    /// <summary>The nodes that a fix can be made at, with commas: one choice each. The places are theirs.</summary>
    public const string Nodes = "Nodes";

    /// <summary>How many places each of the nodes has, with commas.</summary>
    public const string Places = "Places";

    /// <summary>The type of a case; absent where the workflow has none yet.</summary>
    public const string CaseType = "CaseType";

    /// <summary>The parameters of a new type of case, as code.</summary>
    public const string CaseMembers = "CaseMembers";

    /// <summary>What the new type of case is called.</summary>
    public const string CaseName = "CaseName";

    /// <summary>From where a new member can be used.</summary>
    public const string Access = "Access";

    private readonly ImmutableDictionary<string, string?>.Builder _properties = ImmutableDictionary.CreateBuilder<string, string?>(StringComparer.Ordinal);
    private readonly List<Location> _places = [];

    /// <summary>Adds a property; one without a value is left out.</summary>
    public FixFacts With(string key, string? value)
    {
        if (value is not null)
        {
            _properties[key] = value;
        }

        return this;
    }

    /// <summary>Adds numbers.</summary>
    public FixFacts With(string key, IEnumerable<int> values) => With(key, string.Join(",", values.Select(value => value.ToString(CultureInfo.InvariantCulture))));

    /// <summary>Adds a place.</summary>
    public FixFacts At(Location? place)
    {
        if (place is { IsInSource: true })
        {
            _places.Add(place);
        }

        return this;
    }

    /// <summary>Makes the diagnostic. What its message names of the source is shown as all text from outside is.</summary>
    public Diagnostic Diagnose(DiagnosticDescriptor descriptor, Location location, object[] arguments) =>
        Diagnostic.Create(descriptor, location, _places, _properties.ToImmutable(), Shown(arguments));

    /// <summary>The arguments of a message: a build writes messages to a terminal, a line for each.</summary>
    /// <param name="arguments">The arguments.</param>
    public static object[] Shown(IEnumerable<object> arguments) =>
        [.. arguments.Select(argument => argument is string text ? OutsideText.Show(text, OutsideText.MessageLimit) : argument)];
}
