using System.Globalization;
using System.Text.Json;
using FlowCompile.Text;

namespace FlowCompile.Json;

/// <summary>Reads meaning from JSON that knows its lines: what is not as it should be is refused with its line and what to write instead.</summary>
internal abstract class LocatedReader
{
    /// <summary>Makes the error for something that is not accepted.</summary>
    /// <param name="line">The line, from 1.</param>
    /// <param name="problem">What is wrong, and what to do.</param>
    protected abstract Exception Fail(int line, ShownText problem);

    /// <summary>The members of an object, in the order written, each once, nothing hidden in their names and, where the keys are fixed, each known.</summary>
    protected Dictionary<string, LocatedJson> Object(LocatedJson json, string what, IReadOnlyCollection<string>? known)
    {
        if (json.Kind != JsonTokenType.StartObject)
        {
            throw Fail(json.Line, $"{what} is {json.Description}; write an object {{ ... }}");
        }

        var members = new Dictionary<string, LocatedJson>(StringComparer.Ordinal);
        foreach (var (name, line, column, value) in json.Members)
        {
            if (OutsideText.ProblemOf(name) is { } problem)
            {
                throw Fail(line, $"{what} has a key at column {column} that {problem}");
            }

            if (known is not null && !known.Contains(name))
            {
                throw Fail(line, $"{what} has the unknown key '{name}'; {NearestName.Suggest(name, known)}");
            }

            if (!members.TryAdd(name, value))
            {
                throw Fail(line, $"{what} has the key '{name}' twice; keep one");
            }
        }

        return members;
    }

    /// <summary>The items of a list.</summary>
    protected List<LocatedJson> List(LocatedJson json, string what) => json.Kind == JsonTokenType.StartArray
        ? json.Items
        : throw Fail(json.Line, $"{what} is {json.Description}; write a list [ ... ]");

    /// <summary>A member that must be there.</summary>
    protected LocatedJson Require(LocatedJson owner, Dictionary<string, LocatedJson> members, string key, string what, string example) =>
        members.TryGetValue(key, out var value) ? value : throw Fail(owner.Line, $"{what} lacks '{key}'; add {example}");

    /// <summary>A name or another text of one line: not empty, and without hidden characters.</summary>
    protected string Text(LocatedJson json, string what) => OutsideText.ProblemOf(Prose(json, what)) is { } problem
        ? throw Fail(json.Line, $"{what} at column {json.Column} {problem}")
        : json.Text;

    /// <summary>A text of any lines that is not empty. It is for a model alone, never for code and never for a terminal.</summary>
    protected string Prose(LocatedJson json, string what) => json.Kind == JsonTokenType.String && json.Text.Length > 0
        ? json.Text
        : throw Fail(json.Line, $"{what} is {(json.Kind == JsonTokenType.String ? "empty" : json.Description)}; write a text");

    /// <summary>One of the texts allowed.</summary>
    protected string OneOf(LocatedJson json, string what, IReadOnlyCollection<string> values)
    {
        var text = Text(json, what);
        return values.Contains(text) ? text : throw Fail(json.Line, $"{what} is \"{text}\"; {NearestName.Suggest(text, values)}");
    }

    /// <summary>Whether something is so.</summary>
    protected bool Boolean(LocatedJson json, string what) => json.Kind is JsonTokenType.True or JsonTokenType.False
        ? json.Kind == JsonTokenType.True
        : throw Fail(json.Line, $"{what} is {json.Description}; write true or false");

    /// <summary>A whole number.</summary>
    protected int Integer(LocatedJson json, string what) => json.Kind == JsonTokenType.Number
        && int.TryParse(json.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
        ? value
        : throw Fail(json.Line, $"{what} is {json.Description}; write a whole number");

    /// <summary>A finite number of 0 or more.</summary>
    protected double Amount(LocatedJson json, string what) => json.Kind == JsonTokenType.Number
        && double.TryParse(json.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value >= 0 && double.IsFinite(value)
        ? value
        : throw Fail(json.Line, $"{what} is {json.Description}; write a number of 0 or more");
}
