using System.Globalization;
using System.Text.Json;
using FlowCompile.Text;

namespace FlowCompile.Profiling;

/// <summary>Reads the cases of a workflow: JSON lines, one object each, with a field for every input of the workflow.</summary>
public static class CaseFile
{
    // Web defaults as in ASP.NET Core; a constructor parameter without a default must be in the line, or a typo would score against 0.
    private static readonly JsonSerializerOptions s_options = new(JsonSerializerDefaults.Web)
    {
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
        Converters = { new EnumNames(definedOnly: true) },
    };

    /// <summary>Reads the cases of a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="descriptor">The workflow they are for.</param>
    /// <param name="limit">The most cases to read, from the start of the file; <see langword="null"/> reads all.</param>
    /// <returns>The cases in the order of the file, at least one.</returns>
    /// <exception cref="ProfileException">The file cannot be read, or a line does not fit; the message names file and line.</exception>
    public static IReadOnlyList<WorkflowCase> Read(string path, WorkflowDescriptor descriptor, int? limit = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(descriptor);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit ?? 1, nameof(limit));
        var cases = new List<WorkflowCase>();
        var lineOf = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (number, line) in CaseLines.Read(path))
        {
            if (string.IsNullOrWhiteSpace(line))
            {
                continue;
            }

            var one = ReadCase(path, number, line, descriptor);
            if (!lineOf.TryAdd(one.Id, number))
            {
                throw Fail(path, number, $"the id '{OutsideText.Show(one.Id)}' is that of line {lineOf[one.Id]} too; give each case an id of its own");
            }

            cases.Add(one);
            if (cases.Count == limit)
            {
                break;
            }
        }

        return cases.Count > 0 ? cases : throw new ProfileException(
            $"{path}: there are no cases; write one JSON object per line with {Fields(descriptor)}");
    }

    private static WorkflowCase ReadCase(string path, int number, string line, WorkflowDescriptor descriptor)
    {
        JsonElement json;
        string canonical;
        try
        {
            json = JsonElement.Parse(line);
            canonical = CanonicalJson.Write(json);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException)
        {
            throw Fail(path, number, $"it is not valid JSON: {Shorten(e)}", e);
        }

        if (json.ValueKind != JsonValueKind.Object)
        {
            throw Fail(path, number, $"a case is a JSON object, not {json.ValueKind}; write {Fields(descriptor)}");
        }

        // Inputs and score methods know names whatever their case; of what they are given twice, one would count in silence.
        if (Repeated(json, StringComparer.OrdinalIgnoreCase) is { } repeated)
        {
            throw Fail(path, number, $"the field '{OutsideText.Show(repeated)}' is there {json.EnumerateObject().Count(member => string.Equals(member.Name, repeated, StringComparison.OrdinalIgnoreCase))} times; keep one");
        }

        if (RepeatedInside(json) is { } inside)
        {
            throw Fail(path, number, $"an object in it has the field '{OutsideText.Show(inside)}' twice; keep one");
        }

        var inputs = new object?[descriptor.InputNames.Count];
        for (var i = 0; i < inputs.Length; i++)
        {
            inputs[i] = ReadInput(path, number, json, descriptor.InputNames[i], descriptor.InputTypes[i], descriptor);
        }

        return new WorkflowCase(
            ReadId(path, number, json), ContentHash.Of("case-1", canonical), inputs, ReadExpected(path, number, json, descriptor), canonical);
    }

    private static object? ReadInput(string path, int number, JsonElement json, string name, Type type, WorkflowDescriptor descriptor)
    {
        var found = json.EnumerateObject().Where(member => string.Equals(member.Name, name, StringComparison.OrdinalIgnoreCase)).ToList();
        if (found.Count == 0)
        {
            throw Fail(path, number, $"it lacks '{name}', an input of the workflow '{descriptor.Graph.Name}'; it has: {OutsideText.Show(string.Join(", ", json.EnumerateObject().Select(member => member.Name)))}");
        }

        try
        {
            var value = found[0].Value.Deserialize(type, s_options);
            return value is not null || Nullable.GetUnderlyingType(type) is not null
                ? value
                : throw Fail(path, number, $"'{name}' is null; give it a value");
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            throw Fail(path, number, $"'{name}' is no {type.Name}: {Shorten(e)}", e);
        }
    }

    private static object? ReadExpected(string path, int number, JsonElement json, WorkflowDescriptor descriptor)
    {
        if (descriptor.CaseType is not { } type)
        {
            return null;
        }

        try
        {
            return json.Deserialize(type, s_options);
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            throw Fail(path, number, $"it does not fit {type.Name}, which the score methods take: {Shorten(e)}", e);
        }
    }

    private static string ReadId(string path, int number, JsonElement json)
    {
        if (!json.TryGetProperty("id", out var id))
        {
            return number.ToString(CultureInfo.InvariantCulture);
        }

        var text = id.ValueKind is JsonValueKind.String ? id.GetString()! : id.ValueKind is JsonValueKind.Number ? id.GetRawText() : "";
        if (text.Length == 0)
        {
            throw Fail(path, number, "'id' is neither a text nor a number; write one of them, or leave it out");
        }

        return OutsideText.IndexOfHidden(text) is >= 0 and var at
            ? throw Fail(path, number, $"the id '{OutsideText.Show(text)}' has the character {OutsideText.NameAt(text, at)}; an id has characters that can be seen")
            : text;
    }

    // The first spelling of a name that comes again.
    private static string? Repeated(JsonElement json, StringComparer comparer)
    {
        var names = new HashSet<string>(comparer);
        var again = json.EnumerateObject().Select(member => member.Name).FirstOrDefault(name => !names.Add(name));
        return again is null ? null : json.EnumerateObject().First(member => comparer.Equals(member.Name, again)).Name;
    }

    private static string? RepeatedInside(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => Repeated(json, StringComparer.Ordinal) ?? json.EnumerateObject().Select(member => RepeatedInside(member.Value)).FirstOrDefault(name => name is not null),
        JsonValueKind.Array => json.EnumerateArray().Select(RepeatedInside).FirstOrDefault(name => name is not null),
        _ => null,
    };

    private static string Fields(WorkflowDescriptor descriptor) =>
        $"the field{(descriptor.InputNames.Count == 1 ? "" : "s")} {string.Join(", ", descriptor.InputNames.Select(name => $"'{name}'"))} and what the score methods need";

    private static string Shorten(Exception e)
    {
        // Path and position of System.Text.Json count lines from 0 within the one line.
        var end = e.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        var text = end < 0 ? e.Message : e.Message[..end];
        return OutsideText.Show(text.Replace(" Path: $ |", "", StringComparison.Ordinal).TrimEnd(' ', '|', '.'));
    }

    private static ProfileException Fail(string path, int number, string problem, Exception? inner = null) =>
        new(FormattableString.Invariant($"{path}({number}): {problem}"), inner);
}
