using FlowCompile.Profiling.Testing;

namespace FlowCompile.Profiling.Tests.Testing;

public sealed class IntervalTests
{
    // Wilson's interval solves (p - m)^2 = z^2 p (1 - p) / n for the true share p: both ends must.
    [Theory]
    [InlineData(0.5, 10)]
    [InlineData(0.9, 300)]
    [InlineData(0.01, 600)]
    public void Ends_solve_the_equation_that_defines_them(double mean, int count)
    {
        const double z = 1.6448536269514722;
        var interval = Interval.Wilson90(mean, count);

        Assert.InRange(mean, interval.Low, interval.High);
        Assert.All([interval.Low, interval.High], p => Assert.Equal((p - mean) * (p - mean), z * z * p * (1 - p) / count, 12));
        Assert.True(interval.Low < interval.High);
    }

    [Fact]
    public void Known_value_is_met()
    {
        // 7 of 10 at 90 %: (0.7 + 0.13528 -+ 1.64485 * 0.16663) / 1.27055 = 0.65741 -+ 0.21571.
        var interval = Interval.Wilson90(0.7, 10);
        Assert.Equal(0.4417, interval.Low, 3);
        Assert.Equal(0.8731, interval.High, 3);
    }

    [Fact]
    public void Extremes_stay_within_zero_and_one_and_say_something()
    {
        Assert.Equal(new Interval(0, 1), Interval.Wilson90(0, 0));
        Assert.Equal(1, Interval.Wilson90(1, 50).High, 12);
        Assert.InRange(Interval.Wilson90(1, 50).Low, 0.9, 0.99);
        Assert.Equal(0, Interval.Wilson90(0, 50).Low, 12);
    }

    [Fact]
    public void Ends_belong_to_it() => Assert.True(new Interval(0.2, 0.4) is var interval && interval.Contains(0.2) && interval.Contains(0.4) && !interval.Contains(0.41));
}
