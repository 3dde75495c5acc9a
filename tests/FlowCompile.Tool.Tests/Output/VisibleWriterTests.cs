using FlowCompile.Tool.Output;

namespace FlowCompile.Tool.Tests.Output;

/// <summary>What libraries and the user's code print passes through a writer that shows hidden characters.</summary>
public class VisibleWriterTests
{
    [Fact]
    public void Lines_and_tabs_stay_and_other_hidden_characters_are_visible()
    {
        using var inner = new StringWriter { NewLine = "\n" };
        using var writer = new VisibleWriter(inner) { NewLine = "\n" };
        writer.WriteLine("a\tb\u001B[2J");
        writer.Write('\u0007');
        writer.Write(['\u202E', 'x', '\n']);
        writer.Write("\r\n\u2028");
        Assert.Equal("a\tb\\u001B[2J\n\\u0007\\u202Ex\n\r\n\\u2028", inner.ToString());
    }

    [Fact]
    public void A_pair_that_comes_in_halves_is_whole()
    {
        using var inner = new StringWriter();
        using var writer = new VisibleWriter(inner);
        writer.Write('\uD83D');
        writer.Write('\uDE00');
        writer.Write("\uD83D");
        writer.Write("x");
        Assert.Equal("😀\\uD83Dx", inner.ToString());
    }
}
