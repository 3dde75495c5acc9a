namespace FlowCompile.Tests.Models;

public class SettingTests
{
    [Theory]
    [InlineData("mini@64", "mini", 64)]
    [InlineData("a@b@0", "a@b", 0)]
    public void Text_RoundTrips(string text, string model, int budget)
    {
        Assert.Equal(new Setting(model, budget), Setting.Parse(text));
        Assert.Equal(text, new Setting(model, budget).ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("mini")]
    [InlineData("@64")]
    [InlineData("mini@")]
    [InlineData("mini@-1")]
    [InlineData("mini@1.5")]
    public void OtherText_IsRefused(string? text)
    {
        Assert.False(Setting.TryParse(text, out _));
        Assert.Throws<FormatException>(() => Setting.Parse(text!));
    }
}
