using System.Text.Json;
using FlowCompile.Text;

namespace FlowCompile.Models.Onnx;

/// <summary>What well-formed JSON may still get wrong: texts that are none, and members that are there twice, of which one would count in silence.</summary>
internal static class JsonCheck
{
    // Its tokens are looked at by their ids, which say more than a name that is there twice.
    private const string Vocabulary = "vocab";

    /// <summary>Checks a file.</summary>
    /// <param name="utf8">Its content.</param>
    /// <param name="path">Its path, for messages.</param>
    /// <exception cref="JsonException">It is not JSON.</exception>
    /// <exception cref="ModelLoadException">A text is neither UTF-8 nor UTF-16, or a member is there twice.</exception>
    public static void Check(ReadOnlySpan<byte> utf8, string path)
    {
        var reader = new Utf8JsonReader(utf8);
        var objects = new Stack<HashSet<string>?>();
        var name = "";
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject:
                    objects.Push(name == Vocabulary ? null : new HashSet<string>(StringComparer.Ordinal));
                    break;
                case JsonTokenType.EndObject:
                    objects.Pop();
                    break;
                case JsonTokenType.PropertyName:
                    name = TextOf(ref reader, utf8, path);
                    if (objects.Peek()?.Add(name) == false)
                    {
                        throw Wrong(path, utf8[..(int)reader.TokenStartIndex], $"\"{OutsideText.Show(name)}\" is there twice");
                    }

                    continue;
                case JsonTokenType.String:
                    TextOf(ref reader, utf8, path);
                    break;
            }

            name = "";
        }
    }

    private static string TextOf(ref Utf8JsonReader reader, ReadOnlySpan<byte> utf8, string path)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw Wrong(path, utf8[..(int)reader.TokenStartIndex], "a text is not valid UTF-8 or UTF-16");
        }
    }

    private static ModelLoadException Wrong(string path, ReadOnlySpan<byte> before, string what) =>
        new(FormattableString.Invariant($"{path}({before.Count((byte)'\n') + 1},{before.Length - before.LastIndexOf((byte)'\n')}): {what}: restore the file from where the model came from."));
}
