using System.Text.Json;
using FlowCompile.Files;

namespace FlowCompile.Models.Onnx;

/// <summary>A JSON file of a model folder, read with errors that say where.</summary>
internal sealed class JsonFile : IDisposable
{
    // Far above any model, and low enough to allocate.
    private const int LargestSize = 1 << 24;

    // Far above the largest vocabularies.
    private const long LargestFile = 256L << 20;

    private static readonly byte[] s_mark = [0xEF, 0xBB, 0xBF];
    private readonly JsonDocument _document;

    private JsonFile(string path, JsonDocument document)
    {
        Path = path;
        _document = document;
    }

    public string Path { get; }

    public JsonElement Root => _document.RootElement;

    /// <summary>Reads a file whose content is one JSON object.</summary>
    /// <exception cref="ModelLoadException">The file is missing, cannot be read, or is not a JSON object.</exception>
    /// <param name="folder">The folder.</param>
    /// <param name="name">The file in it.</param>
    /// <param name="has">What such a folder has, for the message where the file is missing; <see langword="null"/> for what a folder of ONNX Runtime has.</param>
    public static JsonFile Open(string folder, string name, string? has = null)
    {
        var path = has is null ? ModelFolder.Require(folder, name) : ModelFolder.Require(folder, name, has);
        try
        {
            ReadOnlyMemory<byte> content = InputFile.ReadAll(path, LargestFile);
            content = content.Span.StartsWith(s_mark) ? content[s_mark.Length..] : content;
            JsonCheck.Check(content.Span, path);
            var document = JsonDocument.Parse(content);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                return new JsonFile(path, document);
            }

            document.Dispose();
            throw new ModelLoadException($"{path}: a JSON object is expected: restore the file from where the model came from.");
        }
        catch (JsonException error)
        {
            throw new ModelLoadException(
                $"{path}({error.LineNumber + 1},{error.BytePositionInLine + 1}): the file is not JSON, or nested more than 64 deep: restore it from where the model came from.",
                error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ModelLoadException($"{path}: the file cannot be read: {OneLine.Of(error.Message)}.", error);
        }
    }

    /// <summary>A whole number of at least <paramref name="least"/>; <see langword="null"/> where the property is absent or null.</summary>
    public int? OptionalInt(string property, int least)
    {
        if (!TryGet(Root, property, out var value))
        {
            return null;
        }

        return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= least
            ? number
            : throw Error($"\"{property}\" must be a whole number of at least {least}");
    }

    /// <summary>A whole number of at least <paramref name="least"/>.</summary>
    public int Int(string property, int least) => OptionalInt(property, least) ?? throw Error($"\"{property}\" is missing");

    /// <summary>A size: a whole number of at least <paramref name="least"/> that memory can be asked for.</summary>
    public int? OptionalSize(string property, int least) => OptionalInt(property, least) is not { } size ? null
        : size <= LargestSize ? size
        : throw Error($"\"{property}\" is {size}, and {LargestSize} is the most that is taken");

    /// <summary>A size that must be there.</summary>
    public int Size(string property, int least) => OptionalSize(property, least) ?? throw Error($"\"{property}\" is missing");

    /// <summary>A size under the first of some names that is there; <see langword="null"/> where none is.</summary>
    public int? OptionalSize(IReadOnlyList<string> names, int least) => names.FirstOrDefault(Has) is { } name ? OptionalSize(name, least) : null;

    /// <summary>A size under the first of some names that is there; an error names the first of all.</summary>
    public int Size(IReadOnlyList<string> names, int least) => OptionalSize(names, least) ?? Size(names[0], least);

    /// <summary>Whether a property is there and not null.</summary>
    public bool Has(string property) => TryGet(Root, property, out _);

    /// <summary>Token ids: one number or a list of them; empty where the property is absent.</summary>
    public int[] Ids(string property)
    {
        if (!TryGet(Root, property, out var value))
        {
            return [];
        }

        return value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray().Select(Id)] : [Id(value)];

        int Id(JsonElement element) => element.ValueKind == JsonValueKind.Number && element.TryGetInt32(out var id) && id >= 0
            ? id
            : throw Error($"\"{property}\" must be a token id or a list of them");
    }

    /// <summary>A number; <see langword="null"/> where the property is absent.</summary>
    public double? OptionalNumber(string property) => !TryGet(Root, property, out var value) ? null
        : value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && double.IsFinite(number) ? number
        : throw Error($"\"{property}\" must be a number");

    /// <summary>A truth value; <see langword="false"/> where the property is absent.</summary>
    public bool Flag(string property) => TryGet(Root, property, out var value) && value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Error($"\"{property}\" must be true or false"),
    };

    public ModelLoadException Error(string what) => new($"{Path}: {what}.");

    public void Dispose() => _document.Dispose();

    /// <summary>Whether an object has a property that is not null.</summary>
    public static bool TryGet(JsonElement parent, string property, out JsonElement value) =>
        parent.TryGetProperty(property, out value) && value.ValueKind != JsonValueKind.Null;
}
