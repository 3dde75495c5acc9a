namespace FlowCompile.Tests.Plans;

public sealed class CallSettingsTests
{
    private static readonly Setting s_nano = new("nano", 16);
    private static readonly Setting s_mini = new("mini", 64);

    [Theory]
    [InlineData("mini@64", 1)]
    [InlineData("nano@16+mini@64", 2)]
    [InlineData("nano@16*2+mini@64", 3)]
    [InlineData("mini@64+nano@16+mini@64", 3)]
    [InlineData("a+b@1+c*2@0*3", 4)]
    [InlineData("x@1+y@2+x@1*5", 7)]
    public void A_text_is_read_as_it_was_written(string text, int count)
    {
        var settings = CallSettings.Parse(text);
        Assert.Equal(count, settings.Count);
        Assert.Equal(text, settings.ToString());
        Assert.Equal(settings, CallSettings.Parse(settings.ToString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("mini")]
    [InlineData("mini@")]
    [InlineData("@64")]
    [InlineData("mini@64+")]
    [InlineData("mini@64*")]
    [InlineData("mini@64*0")]
    [InlineData("mini@64*-1")]
    [InlineData("mini@64*2*3")]
    [InlineData("mini@64*99999999999")]
    [InlineData("mini@64*2000")]
    [InlineData("+mini@")]
    [InlineData("nano@16++")]
    public void What_is_no_such_text_is_refused(string text)
    {
        Assert.False(CallSettings.TryParse(text, out _));
        Assert.Throws<FormatException>(() => CallSettings.Parse(text));
    }

    [Fact]
    public void Calls_that_are_all_the_same_have_one_setting()
    {
        CallSettings one = s_mini;
        var same = new CallSettings(s_mini, s_mini, s_mini);
        Assert.Equal(one, same);
        Assert.Equal(one.GetHashCode(), same.GetHashCode());
        Assert.True(same is { IsUniform: true, Count: 1 });
        Assert.Equal(s_mini, same[7]);
        Assert.Equal("mini@64", CallSettings.Parse("mini@64*3").ToString());
        Assert.Throws<ArgumentException>(() => new CallSettings([]));
    }

    [Fact]
    public void The_order_of_attempts_counts_and_that_of_replicas_does_not()
    {
        var up = new CallSettings(s_nano, s_mini);
        var down = new CallSettings(s_mini, s_nano);
        Assert.NotEqual(up, down);
        Assert.True(up != down);
        Assert.Equal(up, CallSettings.ForReplicas(s_mini, s_nano));
        Assert.Equal(CallSettings.ForReplicas(s_mini, s_nano, s_mini), CallSettings.ForReplicas(s_mini, s_mini, s_nano));
        Assert.Equal("mini@16+nano@16", CallSettings.ForReplicas(s_nano, new Setting("mini", 16)).ToString());
    }

    [Fact]
    public void Each_call_has_its_own_and_no_other_call_has_one()
    {
        var settings = new CallSettings(s_nano, s_mini, s_nano);
        Assert.Equal([s_nano, s_mini, s_nano], Enumerable.Range(0, 3).Select(call => settings[call]));
        Assert.Equal([s_nano, s_mini], settings.Distinct);
        Assert.Equal(["nano", "mini"], settings.Models);
        Assert.True(settings.Contains(s_mini) && settings.Uses("mini") && !settings.Uses("micro") && !settings.Contains(new Setting("mini", 0)));
        Assert.Throws<ArgumentOutOfRangeException>(() => settings[3]);
        Assert.Throws<ArgumentOutOfRangeException>(() => settings[-1]);
    }
}
