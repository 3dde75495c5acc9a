using System.Globalization;
using System.Text;
using System.Text.Json;

namespace FlowCompile.Models.Onnx;

/// <summary>Tokens of tokenizer.json by their ids and their texts.</summary>
internal sealed class Vocabulary
{
    private readonly Dictionary<string, int> _ids = new(StringComparer.Ordinal);
    private readonly string?[] _tokens;

    /// <summary>Creates an empty one.</summary>
    /// <param name="size">How many ids the network knows.</param>
    public Vocabulary(int size) => _tokens = new string?[size];

    /// <summary>The ids by the tokens.</summary>
    public IReadOnlyDictionary<string, int> Ids => _ids;

    /// <summary>The token of an id; <see langword="null"/> for an id that has none.</summary>
    public string? this[int id] => id < _tokens.Length ? _tokens[id] : null;

    /// <summary>The id of a token; <see langword="null"/> where there is none.</summary>
    public int? IdOf(string token) => _ids.TryGetValue(token, out var id) ? id : null;

    /// <inheritdoc cref="IdOf(string)"/>
#if NET9_0_OR_GREATER
    public int? IdOf(ReadOnlySpan<char> token) => _ids.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(token, out var id) ? id : null;
#else
    public int? IdOf(ReadOnlySpan<char> token) => IdOf(token.ToString());
#endif

    /// <summary>The id of the token that stands for a byte; <see langword="null"/> where there is none.</summary>
    public int? IdOf(byte value) => IdOf(NameOf(value));

    /// <summary>The token that stands for a byte.</summary>
    public static string NameOf(byte value) => string.Create(CultureInfo.InvariantCulture, $"<0x{value:X2}>");

    /// <summary>The ids of the bytes of a text; <see langword="null"/> where one has none.</summary>
    public int[]? BytesOf(ReadOnlySpan<char> text)
    {
        var bytes = new byte[Encoding.UTF8.GetByteCount(text)];
        Encoding.UTF8.GetBytes(text, bytes);
        var ids = new int[bytes.Length];
        for (var i = 0; i < bytes.Length; i++)
        {
            if (IdOf(bytes[i]) is not { } id)
            {
                return null;
            }

            ids[i] = id;
        }

        return ids;
    }

    /// <summary>Adds a token.</summary>
    /// <param name="part">Where it stands.</param>
    /// <param name="token">The token.</param>
    /// <param name="value">Its id.</param>
    /// <returns>The id.</returns>
    /// <exception cref="ModelLoadException">The id is none, or stands for another token.</exception>
    public int Add(JsonPart part, string token, JsonElement value) => value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var id)
        ? Add(part, token, id)
        : throw part.Error($"gives the token '{OneLine.Of(token)}' the id {OneLine.Of(value.GetRawText())}: restore the file from where the model came from");

    /// <inheritdoc cref="Add(JsonPart, string, JsonElement)"/>
    public int Add(JsonPart part, string token, int id)
    {
        if (id < 0 || id >= _tokens.Length)
        {
            throw part.Error(
                $"gives the token '{OneLine.Of(token)}' the id {id}, outside of 0 to {_tokens.Length - 1} that {ModelFolder.Config} allows: the two files are not of the same model");
        }

        if ((_tokens[id] is { } other && other != token) || (_ids.TryGetValue(token, out var before) && before != id))
        {
            throw part.Error($"gives the token '{OneLine.Of(token)}' the id {id}, and one of the two is there already: restore the file from where the model came from");
        }

        _tokens[id] = token;
        _ids[token] = id;
        return id;
    }
}
