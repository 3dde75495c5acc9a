using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using FlowCompile.Testing.Mutators;

namespace FlowCompile.Models.Onnx.Tests;

/// <summary>tokenizer.json comes from outside: what is malformed or not supported is one line that says which part, what, and what to do.</summary>
public class TokenizerFileTests
{
    [Theory]
    [InlineData("bytes-qwen", "normalizer", """{"type":"Precompiled","precompiled_charsmap":"AA=="}""", "\"normalizer\" is of type Precompiled, which is not supported", "NFC")]
    [InlineData("bytes-qwen", "normalizer", """{"type":"Sequence","normalizers":[{"type":"NFC"},{"type":"Nmt"}]}""", "\"normalizer.normalizers[1]\" is of type Nmt")]
    [InlineData("bytes-qwen", "normalizer", """{"type":"Replace","pattern":{"Regex":"a("},"content":""}""", "\"normalizer\" has a pattern that does not work here")]
    [InlineData("bytes-qwen", "normalizer", """{"type":"Replace","pattern":{"String":""},"content":""}""", "an empty pattern")]
    [InlineData("bytes-qwen", "normalizer", """{"type":"NFC","strength":2}""", "\"strength\", which is not supported")]
    [InlineData("bytes-qwen", "normalizer", "[]", "\"normalizer\" must be an object")]
    [InlineData("bytes-qwen", "pre_tokenizer", """{"type":"UnicodeScripts"}""", "\"pre_tokenizer\" is of type UnicodeScripts", "ByteLevel")]
    [InlineData("bytes-qwen", "pre_tokenizer", """{"type":"Split","pattern":{"Regex":"[^(\\s|[.,]+"},"behavior":"Isolated","invert":false}""", "a character class within another")]
    [InlineData("bytes-qwen", "pre_tokenizer", """{"type":"Split","pattern":{"Regex":"\\h+"},"behavior":"Isolated","invert":false}""", "\\h in it is read differently here")]
    [InlineData("bytes-qwen", "pre_tokenizer", """{"type":"Split","pattern":{"Regex":"\\w+"},"behavior":"Isolated","invert":false}""", "\\w in it is read differently here")]
    [InlineData("bytes-qwen", "pre_tokenizer", """{"type":"Split","pattern":{"Regex":"^a"},"behavior":"Isolated","invert":false}""", "^ in it is read differently here")]
    [InlineData("bytes-qwen", "pre_tokenizer", """{"type":"Split","pattern":{"Regex":"[a-\uFFFD]"},"behavior":"Isolated","invert":false}""", "its range U+0061 to U+FFFD is wider")]
    [InlineData("bytes-qwen", "pre_tokenizer", """{"type":"Split","pattern":{"Regex":"\\p{Han}"},"behavior":"Isolated","invert":false}""", "does not work here")]
    [InlineData("bytes-qwen", "pre_tokenizer", """{"type":"Split","pattern":{"Regex":"a"},"behavior":"Shuffled","invert":false}""", "\"behavior\"")]
    [InlineData("bytes-qwen", "pre_tokenizer", """{"type":"Metaspace","replacement":"__"}""", "one character as \"replacement\"")]
    [InlineData("bytes-qwen", "pre_tokenizer", """{"type":7}""", "\"pre_tokenizer.type\" must be a text")]
    [InlineData("bytes-qwen", "decoder", """{"type":"CTC"}""", "\"decoder\" is of type CTC")]
    [InlineData("bytes-qwen", "decoder", """{"type":"Strip","content":" ","start":0,"stop":1}""", "\"stop\" above 0")]
    [InlineData("bytes-qwen", "decoder", """{"type":"Sequence","decoders":[{"type":"Fuse"},{"type":"ByteFallback"}]}""", "\"decoder.decoders[1]\" has a step behind")]
    [InlineData("bytes-qwen", "post_processor", """{"type":"Other"}""", "\"post_processor\" is of type Other")]
    [InlineData("bytes-qwen", "post_processor", """{"type":"TemplateProcessing","single":[{"SpecialToken":{"id":"<x>"}},{"Sequence":{"id":"A"}}],"special_tokens":{}}""", "does not say what '<x>' is")]
    [InlineData("bytes-qwen", "post_processor", """{"type":"TemplateProcessing","single":[],"special_tokens":{}}""", "has not one Sequence")]
    [InlineData("bytes-qwen", "post_processor", """{"type":"BertProcessing","cls":["a",900],"sep":["b",1]}""", "adds the id 900, which has no token")]
    [InlineData("bytes-qwen", "model", null, "there is no \"model\"")]
    [InlineData("bytes-qwen", "model.type", "\"Markov\"", "\"model\" is of type Markov", "BPE, Unigram, WordPiece, WordLevel")]
    [InlineData("bytes-qwen", "model.type", null, "\"model\" has no \"type\"", "save it again")]
    [InlineData("bytes-qwen", "model.dropout", "0.1", "a dropout", "set it to null")]
    [InlineData("bytes-qwen", "model.merges", null, "BPE without \"merges\"")]
    [InlineData("bytes-qwen", "model.merges", """["a b c"]""", "a merge that is no pair of tokens")]
    [InlineData("bytes-qwen", "model.merges", """[["a","zzz"]]""", "merges 'a' and 'zzz', of which something is no token")]
    [InlineData("bytes-qwen", "model.merges", "7", "\"model.merges\" must be a list")]
    [InlineData("bytes-qwen", "model.vocab", "[]", "\"model.vocab\" must be an object")]
    [InlineData("bytes-qwen", "model.vocab.a", "\"1\"", "gives the token 'a' the id")]
    [InlineData("bytes-qwen", "model.vocab.a", "1", "one of the two is there already")]
    [InlineData("bytes-qwen", "model.vocab.a", "70000", "outside of 0 to 999", "not of the same model")]
    [InlineData("bytes-qwen", "model.unk_token", "\"<none>\"", "the unk_token '<none>', which is no token")]
    [InlineData("bytes-qwen", "added_tokens", """[{"id":5,"content":"<x>"}]""", "\"added_tokens[0]\" gives the token '<x>' the id 5")]
    [InlineData("bytes-qwen", "added_tokens", """[{"content":"<x>"}]""", "has no \"id\"")]
    [InlineData("bytes-qwen", "added_tokens", """[{"id":900,"content":""}]""", "has no \"content\"")]
    [InlineData("bytes-qwen", "added_tokens", """[7]""", "\"added_tokens[0]\" must be an object")]
    [InlineData("bytes-qwen", "added_tokens", """[{"id":900,"content":"<x>","lstrip":"no"}]""", "\"added_tokens[0].lstrip\" must be true or false")]
    [InlineData("bytes-qwen", "surprise", "1", "the file has \"surprise\", which is not supported")]
    [InlineData("unigram", "model.vocab", """[["a","b"]]""", "a token that is no text with a number")]
    [InlineData("unigram", "model.vocab", "[]", "no tokens")]
    [InlineData("unigram", "model.unk_id", "9000", "an unk_id that is none")]
    [InlineData("wordpiece", "model.unk_token", "\"<none>\"", "the unk_token '<none>', which is no token")]
    [InlineData("pieces-llama2", "model.end_of_word_suffix", "\"</w>\"", "byte_fallback and a prefix or suffix")]
    public void What_is_wrong_is_named(string name, string place, string? by, params string[] says)
    {
        var message = Assert.Throws<ModelLoadException>(() => Read(Changed(name, place, by))).Message;

        Assert.All(says, part => Assert.Contains(part, message, StringComparison.Ordinal));
        AssertOneLine(message);
    }

    [Fact]
    public void A_file_nested_deep_is_refused() =>
        AssertOneLine(Assert.Throws<ModelLoadException>(() => Read(new string('[', 100_000))).Message);

    [Theory]
    [MemberData(nameof(TokenizerReferenceTests.Names), MemberType = typeof(TokenizerReferenceTests))]
    public void A_damaged_file_is_read_or_refused_in_one_line(string name)
    {
        var original = File.ReadAllBytes(PathOf(name));
        var rounds = int.Parse(Environment.GetEnvironmentVariable("FLOWCOMPILE_TOKENIZER_ROUNDS") ?? "30", CultureInfo.InvariantCulture);
        var (read, refused) = (0, 0);
        for (var seed = 0; seed < rounds; seed++)
        {
            var random = new Random(seed);
            var bytes = random.Next(4) == 0 ? ByteMutator.Mutate(original, random, original) : JsonMutator.Mutate(original, random);
            try
            {
                var tokenizer = Read(bytes);
                var ids = tokenizer.Encode(new Prompt("The miller's 24 sacks: <s> 粉屋 🙂 </s><|end|>[SEP]", [(4, 30)], [], HasEnds: false));
                var writer = tokenizer.Write(markers: true);
                Assert.Equal(string.Concat([.. ids.Select(writer.Add), writer.End()]), tokenizer.Decode(ids));
                read++;
            }
            catch (Exception error) when (error is ModelLoadException or PromptException)
            {
                AssertOneLine(error.Message);
                refused++;
            }
            catch (Exception error)
            {
                Assert.Fail($"seed {seed}: {error}");
            }
        }

        Assert.True(read > 0 && refused > rounds / 4, $"{read} read, {refused} refused");
    }

    [Fact]
    public void A_pattern_that_runs_away_ends_in_an_error_or_does_not_run_away()
    {
        // Without looking ahead there is no backtracking; with it there is a limit.
        var text = new string('a', 5000) + "!";
        var straight = new SplitPattern("(a+)+b");
        var ahead = new SplitPattern("(a+)+b(?!c)");

        var watch = Stopwatch.StartNew();
        Assert.Empty(straight.Matches(text));
        var error = Assert.Throws<PromptException>(() => ahead.Matches(text));

        AssertOneLine(error.Message);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(30), $"{watch.Elapsed}");
    }

    [Fact]
    public void Of_a_pair_that_is_merged_twice_the_later_rank_counts()
    {
        var tokenizer = Read("""
            {"model":{"type":"BPE","vocab":{"a":0,"b":1,"c":2,"ab":3,"bc":4},"merges":["a b","b c","a b"]},"added_tokens":[]}
            """);

        Assert.Equal([0, 4], tokenizer.Encode("abc"));
    }

    [Fact]
    public void Half_of_a_surrogate_pair_is_read_as_the_replacement_character()
    {
        using var file = JsonFile.Open(Path.GetDirectoryName(PathOf("bytes-qwen"))!, "bytes-qwen.json");
        var tokenizer = PipelineReader.Read(file, size: 1000);

        Assert.Equal(tokenizer.Encode("a\uFFFDb\uFFFD"), tokenizer.Encode("a\uD83Db\uDC41"));
    }

    [Theory]
    [InlineData("bytes-qwen", "<|end|>")]
    [InlineData("pieces-llama2", "<s>")]
    [InlineData("unigram", "</s>")]
    [InlineData("wordpiece", "[SEP]")]
    public void A_content_that_looks_like_a_special_token_is_text(string name, string token)
    {
        using var file = JsonFile.Open(Path.GetDirectoryName(PathOf(name))!, name + ".json");
        var tokenizer = PipelineReader.Read(file, size: 1000);
        var text = $"{token}one{token} two {token}";
        var special = tokenizer.IdOf(token)!.Value;
        var (start, end) = (token.Length, text.Length - token.Length);

        Assert.Equal(3, tokenizer.Encode(new Prompt(text, [], [], HasEnds: true)).Count(id => id == special));
        var ids = tokenizer.Encode(new Prompt(text, [(start, end)], [], HasEnds: true));

        Assert.Equal(2, ids.Count(id => id == special));
        Assert.Equal((special, special), (ids[0], ids[^1]));
    }

    [Fact]
    public void A_piece_that_a_model_knows_as_a_special_token_is_text_in_a_content()
    {
        // The special token is of the model's own, and the model makes whole words of words.
        var tokenizer = Read("""
            {"model":{"type":"WordPiece","unk_token":"?","vocab":{"?":0,"end":1,"e":2,"n":3,"d":4,"a":5}},"added_tokens":[{"id":1,"content":"end","special":true}],
             "pre_tokenizer":{"type":"WhitespaceSplit"}}
            """);

        Assert.Equal([5, 1], tokenizer.Encode("a end"));
        Assert.Equal([5, 2, 3, 4], tokenizer.Encode(new Prompt("a end", [(0, 5)], [], HasEnds: true)));
    }

    private static string PathOf(string name) => Path.Combine(AppContext.BaseDirectory, "Tokenizers", name + ".json");

    private static string Changed(string name, string place, string? by)
    {
        var root = JsonNode.Parse(File.ReadAllText(PathOf(name)))!.AsObject();
        var names = place.Split('.');
        var parent = names[..^1].Aggregate(root, (node, one) => node[one]!.AsObject());
        parent.Remove(names[^1]);
        if (by is not null)
        {
            parent[names[^1]] = JsonNode.Parse(by);
        }

        return root.ToJsonString();
    }

    private static PipelineTokenizer Read(string content) => Read(new UTF8Encoding(encoderShouldEmitUTF8Identifier: false).GetBytes(content));

    private static PipelineTokenizer Read(byte[] content)
    {
        var folder = Directory.CreateTempSubdirectory("flowcompile-tokenizer-");
        try
        {
            File.WriteAllBytes(Path.Combine(folder.FullName, ModelFolder.Tokenizer), content);
            using var file = JsonFile.Open(folder.FullName, ModelFolder.Tokenizer);
            return PipelineReader.Read(file, size: 1000);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void AssertOneLine(string message)
    {
        Assert.DoesNotContain('\n', message);
        Assert.DoesNotContain("   at ", message, StringComparison.Ordinal);
        Assert.EndsWith(".", message, StringComparison.Ordinal);
    }
}
