using System.Text.Json;

namespace FlowCompile.Tool.Tests;

public sealed class PrecisionTests
{
    [Fact]
    public async Task Profile_ends_at_the_precision_says_so_and_goes_on_for_a_better_one()
    {
        await using var served = ServedProject.Start();
        var run = await served.Project.ProfileAsync(cases: 62, "--precision", "1");
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Contains("math: 60 of 62 cases were measured: in 90 of 100 draws of the 60 cases the frontier falls short by at most ", run.Error, StringComparison.Ordinal);
        using (var plan = JsonDocument.Parse(File.ReadAllText(served.Project.Plan)))
        {
            Assert.Equal(60, plan.RootElement.GetProperty("provenance").GetProperty("cases").GetInt32());
        }

        string[] look = ["profile", served.Project.Directory, "--no-build", "--cases", "62", "--store", served.Project.Store, "--status"];
        var reached = await CommandLine.RunAsync([.. look, "--precision", "1"]);
        Assert.Contains("math: the profile is up to date", reached.Output, StringComparison.Ordinal);
        Assert.Contains("Measured on 60 cases, and the others are not missing: in 90 of 100 draws", reached.Output, StringComparison.Ordinal);
        Assert.Contains("Dropped, and not missing: ", reached.Output, StringComparison.Ordinal);
        using (var status = JsonDocument.Parse((await CommandLine.RunAsync([.. look, "--precision", "1", "--json"])).Output))
        {
            Assert.Equal(60, status.RootElement.GetProperty("settled").GetProperty("cases").GetInt32());
        }

        var better = await CommandLine.RunAsync([.. look, "--precision", "0"]);
        Assert.Contains("math: the profile is not up to date", better.Output, StringComparison.Ordinal);
        var rest = await served.Project.ProfileAsync(cases: 62, "--precision", "0", "--no-build");
        Assert.True(rest.ExitCode == 0, rest.Error);
        Assert.DoesNotContain("cases were measured", rest.Error, StringComparison.Ordinal);
        Assert.Contains("math: the profile is up to date", (await CommandLine.RunAsync([.. look, "--precision", "0"])).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--precision needs a number from 0 to 1, not '2'.", "--precision", "2")]
    [InlineData("--exhaustive measures every case, so there is no --precision to reach; leave one of them out.", "--exhaustive", "--precision", "0.1")]
    public async Task What_cannot_be_is_refused(string error, params string[] options)
    {
        var run = await CommandLine.RunAsync(["profile", .. options]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(error, run.Error, StringComparison.Ordinal);
    }
}
