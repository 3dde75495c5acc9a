using FlowCompile.Tool.Output;

namespace FlowCompile.Tool.Tests.Output;

public class MarkdownTests
{
    [Theory]
    [InlineData("c01 0.1651..0.2177, Spearman 0.9", "c01 0.1651..0.2177, Spearman 0.9")]
    [InlineData("a|b", "a\\|b")]
    [InlineData("<script>&amp;</script>", "\\<script\\>\\&amp;\\</script\\>")]
    [InlineData("[x](y) ![i](u) `c` *b* _e_ ~s~ # \\", "\\[x\\](y) \\!\\[i\\](u) \\`c\\` \\*b\\* \\_e\\_ \\~s\\~ \\# \\\\")]
    [InlineData("a\nb\u001B", "a\\\\u000Ab\\\\u001B")]
    public void A_text_is_no_markup(string text, string expected) => Assert.Equal(expected, Markdown.Text(text));

    [Theory]
    [InlineData("A=m@0", "`A=m@0`")]
    [InlineData("A=m|n@0", "`A=m\\|n@0`")]
    [InlineData("A=`x``@0", "``` A=`x``@0 ```")]
    public void Code_ends_where_its_fence_does(string text, string expected) => Assert.Equal(expected, Markdown.Code(text));
}
