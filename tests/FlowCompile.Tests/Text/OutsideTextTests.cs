using System.Globalization;
using FlowCompile.Text;

namespace FlowCompile.Tests.Text;

public class OutsideTextTests
{
    [Fact]
    public void Every_control_format_and_separator_character_is_hidden_and_made_visible()
    {
        for (var code = 0; code <= 0x10FFFF; code++)
        {
            if (code is >= 0xD800 and <= 0xDFFF)
            {
                continue;
            }

            var text = char.ConvertFromUtf32(code);
            var isHidden = CharUnicodeInfo.GetUnicodeCategory(code)
                is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
                || code % 0x10000 >= 0xFFFE;
            Assert.Equal(isHidden ? 1 : -1, OutsideText.IndexOfHidden("a" + text));
            Assert.Equal(-1, OutsideText.IndexOfHidden(OutsideText.Visible(text)));
            Assert.Equal(isHidden, OutsideText.Visible(text) != text);
        }
    }

    [Theory]
    [InlineData("\u001B[31m", "\\u001B[31m")]
    [InlineData("a\nb\r\tc", "a\\u000Ab\\u000D\\u0009c")]
    [InlineData("\u202Eabc\u2066", "\\u202Eabc\\u2066")]
    [InlineData("\u2028\u2029\u0085\u200B\uFEFF\u007F", "\\u2028\\u2029\\u0085\\u200B\\uFEFF\\u007F")]
    [InlineData("\U000E0001", "\\uDB40\\uDC01")]
    [InlineData("äöü 漢字 😀 é", "äöü 漢字 😀 é")]
    public void Hidden_characters_are_written_as_code_writes_them(string text, string expected) => Assert.Equal(expected, OutsideText.Visible(text));

    [Fact]
    public void Halves_of_pairs_are_hidden()
    {
        Assert.Equal("\\uD83D", OutsideText.Visible("\uD83D"));
        Assert.Equal("\\uDE00x\\uD83D", OutsideText.Visible("\uDE00x\uD83D"));
        Assert.Equal("U+D83D", OutsideText.NameAt("\uD83D", 0));
        Assert.Equal("U+E0001", OutsideText.NameAt("\U000E0001", 0));
    }

    [Fact]
    public void Three_hundred_characters_are_shown_and_the_rest_is_counted()
    {
        Assert.Equal(new string('x', 300), OutsideText.Show(new string('x', 300)));
        Assert.Equal(new string('x', 300) + "… and 1,234 more", OutsideText.Show(new string('x', 1534)));
        Assert.Equal(string.Concat(Enumerable.Repeat("\\u001B", 50)) + "… and 50 more", OutsideText.Show(new string('\u001B', 100)));

        // A pair is not torn apart.
        Assert.Equal(new string('x', 299) + "… and 2 more", OutsideText.Show(new string('x', 299) + "😀"));
    }

    [Fact]
    public void What_stands_in_braces_is_from_outside_and_the_words_around_are_not()
    {
        var id = new string('i', 400) + "\u001B";
        ShownText text = $"the\u00A0configuration '{id}' of {1234.5:0.0}: {(ShownText)$"inner {"\n"}"} and {ShownText.Join(", ", ["\u0007", "b"])}";
        Assert.Equal($"the\u00A0configuration '{new string('i', 300)}… and 101 more' of 1234.5: inner \\u000A and \\u0007, b", text.ToString());
        Assert.Equal("first second", ShownText.OfMessage("first\r\n second\n").ToString());
        Assert.Equal("", default(ShownText).ToString());
    }
}
