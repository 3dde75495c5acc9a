using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;

namespace FlowCompile.Models.OpenAI.Tests.Field;

/// <summary>A known pair of thinking and answer, written in any form and cut into chunks and bytes by chance, is read back as itself.</summary>
public sealed class RoundTripTests
{
    private static readonly string[] s_words =
        ["so", "it", "is", "56", "Seven", "times", "eight.", "\n", "\n\n", "  ", "x < y", "</", "<b>", "[1]", "é", "日本", "😀", "\"yes\"", "{\"a\": 1}", "\\n", "`code`", "|", "<|", "final", "1,000.5", "(so)", "\u2028", "\t"];

    private static readonly JsonSerializerOptions s_indented = new() { WriteIndented = true };

    private static readonly JsonSerializerOptions s_relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly OpenAIModelOptions s_model = new() { Endpoint = new Uri("http://localhost/v1"), ModelId = "m" };

    public static TheoryData<string, string, string> Forms => new()
    {
        { "", "", "" },
        { "field", "", "" },
        { "parts", "", "" },
        { "", "<think>\n", "\n</think>\n\n" },
        { "", "<think>", "</think>" },
        { "", "[THINK]", "[/THINK]" },
        { "", "<Thinking>\n", "\n</Thinking>\n" },
        { "", "<seed:think>", "</seed:think>" },
        { "", "◁think▷", "◁/think▷" },
        { "", "", "\n</think>\n\n" },
        { "", "", "</think>" },
        { "rest", "", "\n</think>\n\n" },
        { "within", "", "\n</think>\n\n" },
        { "", "<|channel|>analysis<|message|>", "<|end|><|start|>assistant<|channel|>final<|message|>" },
        { "", "<|START_THINKING|>", "<|END_THINKING|><|START_RESPONSE|>" },
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task Pair_IsReadBack(string way, string open, string close)
    {
        for (var seed = 0; seed < 150; seed++)
        {
            var random = new Random(seed);
            var plain = way.Length + open.Length + close.Length == 0;
            var (thinking, answer) = (plain ? "" : Words(random), Words(random));
            var dialect = new AnswerDialect(s_model, NullLogger.Instance);

            // As a whole, as a first stream, and as a second one, which hands on what it knows.
            foreach (var streams in (bool[])[false, true, true])
            {
                var bytes = Encoding.UTF8.GetBytes(string.Concat(Chunks(random, way, open + thinking + close + answer, thinking, answer)) + "data: [DONE]\n\n");
                var (thought, text, handed) = await ReadAsync(dialect, streams, bytes, random);
                Assert.True(answer == text && thinking.Trim() == thought.Trim(), $"seed {seed}: ({thinking} | {answer}) is read as ({thought} | {text}).");
                Assert.True(handed == 0 || (streams && answer.StartsWith(text[..handed], StringComparison.Ordinal)));
            }
        }
    }

    [Fact]
    public async Task StreamsOfAKnownForm_AreHandedOnAsTheyArrive()
    {
        foreach (var (way, open, close) in new[] { ("", "", ""), ("field", "", ""), ("", "<think>\n", "\n</think>\n\n"), ("", "", "\n</think>\n\n") })
        {
            var random = new Random(1);
            var thinking = way.Length + close.Length > 0 ? "hm hm" : "";
            var text = open + thinking + close + "fifty six";
            var bytes = Encoding.UTF8.GetBytes(string.Concat(Chunks(random, way, text, thinking, "fifty six")) + "data: [DONE]\n\n");
            var dialect = new AnswerDialect(s_model, NullLogger.Instance);
            Assert.Equal(0, (await ReadAsync(dialect, true, bytes, random)).Handed);
            Assert.Equal(9, (await ReadAsync(dialect, true, bytes, random)).Handed);
        }
    }

    [Fact]
    public async Task StreamWhoseEndShowsThatItsBeginningWasThinking_Fails_AndTheNextIsRight()
    {
        var dialect = new AnswerDialect(s_model, NullLogger.Instance);
        var plain = Encoding.UTF8.GetBytes(string.Concat(Chunks(new Random(1), "", "fifty six", "", "")) + "data: [DONE]\n\n");
        var closed = Encoding.UTF8.GetBytes(string.Concat(Chunks(new Random(1), "", "hm hm\n</think>\n56", "", "")) + "data: [DONE]\n\n");
        await ReadAsync(dialect, true, plain, new Random(1));
        var error = await Assert.ThrowsAsync<FailedCallException>(() => ReadAsync(dialect, true, closed, new Random(1)));
        Assert.Equal((ModelCallFailure.UnclearThinking, true), (error.Failure, error.IsTransient));
        Assert.Equal("56", (await ReadAsync(dialect, true, closed, new Random(1))).Text);
    }

    [Fact]
    public void LenientReader_ReadsEveryStandardTextAsTheStandardReaderDoes()
    {
        for (var seed = 0; seed < 500; seed++)
        {
            var random = new Random(seed);
            var json = JsonSerializer.SerializeToUtf8Bytes(Value(random, 0), seed % 2 == 0 ? s_indented : s_relaxed);
            Assert.True(System.Text.Json.Nodes.JsonNode.DeepEquals(System.Text.Json.Nodes.JsonNode.Parse(json), Assert.Single(LenientJson.ReadAll(json))), Encoding.UTF8.GetString(json));

            // And whatever is done to it, it is read or is no JSON.
            for (var i = 0; i < 20; i++)
            {
                var broken = json.ToArray();
                broken[random.Next(broken.Length)] = (byte)random.Next(256);
                _ = Record.Exception(() => LenientJson.ReadAll(broken)) is { } error ? Assert.IsType<JsonException>(error) : null;
                _ = Record.Exception(() => LenientJson.ReadAll(broken.AsSpan(random.Next(broken.Length)))) is { } other ? Assert.IsType<JsonException>(other) : null;
            }
        }
    }

    private static object? Value(Random random, int depth) => random.Next(depth > 3 ? 4 : 6) switch
    {
        0 => null,
        1 => random.Next(2) == 0,
        2 => random.Next(3) == 0 ? random.NextInt64() : (object)(random.Next(1000) / 8.0),
        3 => Words(random),
        4 => Enumerable.Range(0, random.Next(4)).Select(_ => Value(random, depth + 1)).ToList(),
        _ => Enumerable.Range(0, random.Next(4)).ToDictionary(i => $"{i}{Words(random)}", _ => Value(random, depth + 1)),
    };

    // Neither begins with a blank: blanks between thinking and answer belong to neither.
    private static string Words(Random random)
    {
        var text = new StringBuilder(((string[])["56", "So", "It is", "😀", "\"yes\""])[random.Next(5)]);
        for (var i = random.Next(12); i > 0; i--)
        {
            text.Append(random.Next(3) == 0 ? "" : " ").Append(s_words[random.Next(s_words.Length)]);
        }

        return text.Append('.').ToString();
    }

    private static IEnumerable<string> Chunks(Random random, string way, string whole, string thinking, string answer)
    {
        var half = thinking.Length / 2;
        half -= half > 0 && char.IsLowSurrogate(thinking[half]) ? 1 : 0;
        IEnumerable<(string Field, string Text)> texts = way switch
        {
            "field" => [("reasoning_content", thinking), ("content", answer)],
            "parts" => [("thinking", thinking), ("content", answer)],
            "rest" => [("reasoning_content", thinking[..half]), ("content", whole[half..])],
            "within" => [("reasoning_content", whole)],
            _ => [("content", whole)],
        };
        foreach (var (field, text) in texts)
        {
            for (var at = 0; at < text.Length;)
            {
                var length = Math.Min(text.Length - at, random.Next(1, 9));
                yield return $"data: {{\"choices\":[{{\"index\":0,\"delta\":{Delta(field, text.Substring(at, length))},\"finish_reason\":null}}]}}\n\n";
                at += length;
            }
        }

        yield return "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n";
    }

    private static string Delta(string field, string text)
    {
        // Halves of pairs as they are sent: escaped.
        var json = "\"" + string.Concat(text.Select(one => char.IsSurrogate(one) ? $"\\u{(int)one:x4}" : JsonEncodedText.Encode(one.ToString(), JavaScriptEncoder.UnsafeRelaxedJsonEscaping).Value)) + "\"";
        return field == "thinking" ? $"{{\"content\":[{{\"type\":\"thinking\",\"thinking\":[{{\"type\":\"text\",\"text\":{json}}}]}}]}}" : $"{{\"{field}\":{json}}}";
    }

    private static async Task<(string Thinking, string Text, int Handed)> ReadAsync(AnswerDialect dialect, bool streams, byte[] bytes, Random random)
    {
        var reader = new AnswerReader(dialect, null, CallPart.Whole, streams);
        List<ChatPiece> pieces = [];
        await foreach (var chunk in new ResponseReader(new Failures(s_model, TimeProvider.System)).ReadAsync(new Morsels(bytes, random), CancellationToken.None))
        {
            pieces.AddRange(reader.Add(chunk, TimeSpan.Zero));
        }

        var handed = pieces.Where(piece => !piece.IsThinking).Sum(piece => piece.Text.Length);
        pieces.AddRange(reader.End(TimeSpan.Zero));
        return (string.Concat(pieces.Where(piece => piece.IsThinking).Select(piece => piece.Text)), string.Concat(pieces.Where(piece => !piece.IsThinking).Select(piece => piece.Text)), handed);
    }

    /// <summary>A stream of which each reading gives a few bytes.</summary>
    private sealed class Morsels(byte[] bytes, Random random) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, random.Next(1, 40))], cancellationToken);
    }
}
