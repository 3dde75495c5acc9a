using System.Text.Json;

namespace FlowCompile.Models.Onnx.Tests;

/// <summary>
/// Tokenizers of each kind against what Hugging Face's own library reads and writes with them. <c>Tokenizers/make.cjs</c> made both; with
/// FLOWCOMPILE_TOKENIZER_REFERENCES naming another folder that it wrote, those are tried.
/// </summary>
public class TokenizerReferenceTests
{
    private static readonly string s_folder =
        Environment.GetEnvironmentVariable("FLOWCOMPILE_TOKENIZER_REFERENCES") ?? Path.Combine(AppContext.BaseDirectory, "Tokenizers");

    private static readonly Lazy<JsonElement> s_references = new(() => JsonDocument.Parse(File.ReadAllBytes(Path.Combine(s_folder, "references.json"))).RootElement);

    public static TheoryData<string> Names =>
        [.. Directory.EnumerateFiles(s_folder, "*.json").Select(Path.GetFileNameWithoutExtension).OfType<string>().Where(name => name != "references").Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Texts_have_the_ids_of_the_reference(string name)
    {
        var tokenizer = Read(name);
        var (texts, reference) = (s_references.Value.GetProperty("texts"), s_references.Value.GetProperty(name));
        List<string> wrong = [];
        for (var i = 0; i < texts.GetArrayLength(); i++)
        {
            var text = texts[i].GetString()!;
            var expected = reference.GetProperty("encoded")[i].EnumerateArray().Select(id => id.GetInt32()).ToArray();
            var actual = tokenizer.Encode(new Prompt(text, [], [], HasEnds: true));
            if (!expected.SequenceEqual(actual))
            {
                wrong.Add($"{JsonSerializer.Serialize(text)}: {string.Join(' ', expected)} expected, and {string.Join(' ', actual)} came");
            }

            if (i < reference.GetProperty("withEnds").GetArrayLength())
            {
                Assert.Equal(reference.GetProperty("withEnds")[i].EnumerateArray().Select(id => id.GetInt32()), tokenizer.Encode(Prompt.Plain(text)));
            }
        }

        Assert.True(wrong.Count == 0, $"{wrong.Count} texts, such as\n{string.Join('\n', wrong.Take(8))}");
        Assert.True(texts.GetArrayLength() > 70);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Ids_have_the_text_of_the_reference_at_once_and_streamed(string name)
    {
        var tokenizer = Read(name);
        List<string> wrong = [];
        foreach (var one in s_references.Value.GetProperty(name).GetProperty("decoded").EnumerateArray())
        {
            int[] ids = [.. one.GetProperty("ids").EnumerateArray().Select(id => id.GetInt32())];
            foreach (var (markers, property) in ((bool, string)[])[(true, "text"), (false, "plain")])
            {
                var expected = one.GetProperty(property).GetString()!;
                var writer = tokenizer.Write(markers);
                List<string> pieces = [.. ids.Select(writer.Add), writer.End()];
                Assert.All(pieces, piece => Assert.True(piece.Length == 0 || (!char.IsHighSurrogate(piece[^1]) && !char.IsLowSurrogate(piece[0]))));
                Assert.Equal(string.Concat(pieces), tokenizer.Write(markers).Whole(ids));
                if (string.Concat(pieces) != expected)
                {
                    wrong.Add($"{string.Join(' ', ids)}: {JsonSerializer.Serialize(expected)} expected, and {JsonSerializer.Serialize(string.Concat(pieces))} came");
                }
            }
        }

        Assert.True(wrong.Count == 0, $"{wrong.Count} texts, such as\n{string.Join('\n', wrong.Take(8))}");
    }

    private static PipelineTokenizer Read(string name)
    {
        using var file = JsonFile.Open(s_folder, name + ".json");
        return PipelineReader.Read(file, size: 300_000);
    }
}
