namespace FlowCompile.Models.Onnx.Tests;

/// <summary>A real tokenizer: that of Qwen3, with the ids of its own library.</summary>
public class QwenTokenizerTests
{
    [Fact]
    public void All_texts_have_their_ids_and_come_back()
    {
        var rows = QwenTokenizer.Json("qwen3_reference.json").EnumerateArray().ToList();

        Assert.Equal(49, rows.Count);
        Assert.All(rows, row =>
        {
            int[] ids = [.. row.GetProperty("ids").EnumerateArray().Select(id => id.GetInt32())];
            Assert.Equal(ids, QwenTokenizer.Tokenizer.Encode(row.GetProperty("text").GetString()!));
            Assert.Equal(row.GetProperty("decoded").GetString(), QwenTokenizer.Tokenizer.Decode(ids));
        });
    }

    [Fact]
    public void A_long_text_takes_time_in_proportion()
    {
        var text = string.Concat(Enumerable.Repeat("The quick brown fox jumps over 12 lazy dogs.\n    ", 4000)) + new string(' ', 100_000) + new string('a', 50_000);

        var ids = QwenTokenizer.Tokenizer.Encode(text);

        Assert.Equal(text, QwenTokenizer.Tokenizer.Decode(ids));
    }

    [Fact]
    public void Ids_beyond_the_tokens_are_no_text() => Assert.Equal("ab", QwenTokenizer.Tokenizer.Decode([64, 151_900, 65]));
}
