using System.Text.Json;

namespace FlowCompile.Models.Onnx;

/// <summary>An object inside a JSON file, read with errors that say where.</summary>
/// <param name="file">The file.</param>
/// <param name="element">The object.</param>
/// <param name="where">Where it is, for messages: <c>normalizer</c>, <c>pre_tokenizer[1]</c>.</param>
internal readonly struct JsonPart(JsonFile file, JsonElement element, string where)
{
    /// <summary>Where it is.</summary>
    public string Where => where;

    /// <summary>What its <c>type</c> says.</summary>
    public string Type => Text("type");

    /// <summary>The whole file.</summary>
    public static JsonPart Root(JsonFile file) => new(file, file.Root, "");

    /// <summary>Whether there is a member that is not null.</summary>
    public bool Has(string property) => JsonFile.TryGet(element, property, out _);

    /// <summary>An object inside; <see langword="null"/> where it is absent or null.</summary>
    public JsonPart? Optional(string property) => !JsonFile.TryGet(element, property, out var value) ? null
        : value.ValueKind == JsonValueKind.Object ? new JsonPart(file, value, Name(property))
        : throw Wrong(property, "an object");

    /// <summary>The objects of a list inside; empty where it is absent or null.</summary>
    public List<JsonPart> List(string property)
    {
        List<JsonPart> parts = [];
        foreach (var item in Items(property))
        {
            var name = $"{Name(property)}[{parts.Count}]";
            parts.Add(item.ValueKind == JsonValueKind.Object ? new JsonPart(file, item, name) : throw file.Error($"\"{name}\" must be an object: restore the file from where the model came from"));
        }

        return parts;
    }

    /// <summary>The items of a list inside; empty where it is absent or null.</summary>
    public IEnumerable<JsonElement> Items(string property) => !JsonFile.TryGet(element, property, out var value) ? []
        : value.ValueKind == JsonValueKind.Array ? value.EnumerateArray()
        : throw Wrong(property, "a list");

    /// <summary>The members of an object inside.</summary>
    public IEnumerable<JsonProperty> Members(string property) => JsonFile.TryGet(element, property, out var value) && value.ValueKind == JsonValueKind.Object
        ? value.EnumerateObject()
        : throw Wrong(property, "an object");

    /// <summary>A text that must be there.</summary>
    public string Text(string property) => OptionalText(property) ?? throw Wrong(property, "a text");

    /// <summary>A text; <see langword="null"/> where it is absent or null.</summary>
    public string? OptionalText(string property) => !JsonFile.TryGet(element, property, out var value) ? null
        : value.ValueKind == JsonValueKind.String ? value.GetString()
        : throw Wrong(property, "a text");

    /// <summary>A truth value.</summary>
    public bool Flag(string property, bool absent = false) => !JsonFile.TryGet(element, property, out var value) ? absent : value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Wrong(property, "true or false"),
    };

    /// <summary>A whole number of at least 0; <see langword="null"/> where it is absent or null.</summary>
    public int? Number(string property) => !JsonFile.TryGet(element, property, out var value) ? null
        : value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= 0 ? number
        : throw Wrong(property, "a whole number of at least 0");

    /// <summary>A finite number; <see langword="null"/> where it is absent or null.</summary>
    public double? Decimal(string property) => !JsonFile.TryGet(element, property, out var value) ? null
        : value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && double.IsFinite(number) ? number
        : throw Wrong(property, "a number");

    /// <summary>Token ids: one number or a list of them; empty where they are absent.</summary>
    public int[] Ids(string property)
    {
        var part = this;
        return !JsonFile.TryGet(element, property, out var value) ? []
            : value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray().Select(Id)]
            : [Id(value)];

        int Id(JsonElement one) => one.ValueKind == JsonValueKind.Number && one.TryGetInt32(out var id) && id >= 0 ? id : throw part.Wrong(property, "a token id or a list of them");
    }

    /// <summary>The names of the members.</summary>
    public IEnumerable<string> Names() => element.EnumerateObject().Select(member => member.Name);

    /// <summary>Refuses members that are not known, since they could change what the part means.</summary>
    /// <exception cref="ModelLoadException">There is another member, and it is not null.</exception>
    public void Only(params ReadOnlySpan<string> known)
    {
        foreach (var member in element.EnumerateObject())
        {
            if (member.Name != "type" && member.Value.ValueKind != JsonValueKind.Null && !known.Contains(member.Name))
            {
                throw Unsupported($"\"{OneLine.Of(member.Name)}\"", "use a model whose tokenizer does without");
            }
        }
    }

    /// <summary>The error for a type that is not known.</summary>
    /// <param name="supported">The types that are.</param>
    public ModelLoadException UnknownType(string supported) => Error(
        $"is of type {OneLine.Of(Type)}, which is not supported: use a model whose tokenizer has one of {supported} there");

    /// <summary>The error for something that is understood and not done.</summary>
    /// <param name="what">What.</param>
    /// <param name="instead">What to do.</param>
    public ModelLoadException Unsupported(string what, string instead) => Error($"has {what}, which is not supported: {instead}");

    /// <summary>An error about this part.</summary>
    public ModelLoadException Error(string what) => file.Error(where.Length == 0 ? $"the file {what}" : $"\"{where}\" {what}");

    private ModelLoadException Wrong(string property, string wanted) => file.Error($"\"{Name(property)}\" must be {wanted}: restore the file from where the model came from");

    private string Name(string property) => where.Length == 0 ? property : $"{where}.{property}";
}
