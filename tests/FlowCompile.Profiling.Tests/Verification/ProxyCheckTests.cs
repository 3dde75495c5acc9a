namespace FlowCompile.Profiling.Tests.Verification;

public sealed class ProxyCheckTests
{
    [Fact]
    public void Cases_without_a_difference_confirm_once_1_15_to_their_number_is_10()
    {
        var check = new ProxyCheck();
        for (var i = 0; i < 16; i++)
        {
            check.Add(0);
            Assert.False(check.IsConfirmed);
        }

        check.Add(0); // 1.15^17 = 10.76
        Assert.True(check.IsConfirmed);
        Assert.Equal(17, check.Cases);
        check.Add(1); // what was refuted stays refuted: the error counts all looks
        Assert.True(check.IsConfirmed);
    }

    [Theory]
    [InlineData(0.15)]
    [InlineData(-0.15)]
    [InlineData(0.3)]
    public void Estimates_that_are_off_are_confirmed_in_no_more_than_one_of_ten_times_however_long_it_goes_on(double difference)
    {
        var random = new Random(9);
        var confirmed = 0;
        const int Worlds = 3000;
        for (var world = 0; world < Worlds; world++)
        {
            // Scores of 0 and 1 are off by -1, 0 or 1; on average by the difference.
            var check = new ProxyCheck();
            for (var i = 0; i < 400 && !check.IsConfirmed; i++)
            {
                check.Add(random.NextDouble() < Math.Abs(difference) ? Math.Sign(difference) : 0);
            }

            confirmed += check.IsConfirmed ? 1 : 0;
        }

        Assert.True(confirmed <= Worlds * 0.11, $"{confirmed} of {Worlds} were confirmed.");
    }

    [Fact]
    public void Estimates_that_are_right_on_average_are_confirmed_in_most_worlds()
    {
        var random = new Random(10);
        var confirmed = 0;
        for (var world = 0; world < 500; world++)
        {
            var check = new ProxyCheck();
            for (var i = 0; i < 60 && !check.IsConfirmed; i++)
            {
                check.Add((random.NextDouble() - 0.5) / 2);
            }

            confirmed += check.IsConfirmed ? 1 : 0;
        }

        Assert.True(confirmed > 450, $"{confirmed}");
    }
}
