using System.Text;
using FlowCompile.Plans;
using FlowCompile.Tests.Files;
using FlowCompile.Tests.Run;
using FlowCompile.Tests.Run.Golden.Planned;

namespace FlowCompile.Tests.Hosting;

/// <summary>A watched plan may become anything: the program goes on under the plan before, and says once what is wrong.</summary>
public sealed class OddPlanFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("flowcompile-odd");
    private readonly ManualTime _time = new();
    private readonly KeptLog _log = new();

    private string Path => System.IO.Path.Combine(_folder.FullName, "math.flowplan.json");

    private IEnumerable<string> Errors => _log.Lines.Where(line => line.StartsWith("Error", StringComparison.Ordinal));

    public void Dispose()
    {
        _folder.Delete(recursive: true);
        _time.Dispose();
        _log.Dispose();
    }

    [Theory]
    [InlineData("folder")]
    [InlineData("fifo")]
    [InlineData("link to a fifo")]
    [InlineData("socket")]
    [InlineData("/dev/zero")]
    [InlineData("/dev/null")]
    [InlineData("huge")]
    [InlineData("loop")]
    [InlineData("link to nothing")]
    [InlineData("nothing")]
    public void Whatever_is_put_in_its_place_the_plan_stays(string kind)
    {
        Write(Path, "DetailedSolver=nano@0");
        using var watcher = Watch();
        var before = watcher.Find(MathWorkflow.Graph);
        for (var round = 0; round < 2; round++)
        {
            if (!OddFiles.TryMake(Path, kind))
            {
                return;
            }

            Tick(3);
            Assert.Same(before, watcher.Find(MathWorkflow.Graph));
            Assert.Equal(round + 1, Errors.Count());

            // The same plan again is no change; what is wrong after that is said again.
            OddFiles.TryMake(Path, "nothing");
            Write(Path, "DetailedSolver=nano@0");
            Tick(1);
            before = watcher.Find(MathWorkflow.Graph);
            Assert.Equal("nano", before!.Configurations[0].Settings[3]!.Value.First.Model);
        }

        Write(Path, "DetailedSolver=mini@0");
        Tick(1);
        Assert.NotSame(before, watcher.Find(MathWorkflow.Graph));
    }

    [Fact]
    public void A_file_that_grows_is_refused_until_it_is_whole()
    {
        Write(Path, "DetailedSolver=nano@0");
        using var watcher = Watch();
        var before = watcher.Find(MathWorkflow.Graph);
        var whole = PlanFile.Serialize(Run.Plans.Of("DetailedSolver=mini@0"), MathWorkflow.Graph);
        for (var length = 0; length < whole.Length - 1; length += 97)
        {
            File.WriteAllBytes(Path, whole[..length]);
            Tick(1);
            Assert.Same(before, watcher.Find(MathWorkflow.Graph));
        }

        File.WriteAllBytes(Path, whole);
        Tick(1);
        Assert.Equal("mini", watcher.Find(MathWorkflow.Graph)!.Configurations[0].Settings[3]!.Value.First.Model);
    }

    [Fact]
    public void Bytes_that_are_no_text_and_texts_that_end_a_line_are_logged_as_one_line()
    {
        Write(Path, "DetailedSolver=nano@0");
        using var watcher = Watch();
        var text = File.ReadAllText(Path);
        File.WriteAllBytes(Path, [.. Encoding.UTF8.GetBytes(text[..40]), 0xFF]);
        Tick(2);
        File.WriteAllText(Path, text.Replace("\"c01\"", "\"c\\u2028\\u001b[2J01\"", StringComparison.Ordinal));
        Tick(2);
        Assert.Equal(2, Errors.Count());
        Assert.Contains("the byte 0xFF, byte", Errors.First(), StringComparison.Ordinal);
        Assert.Contains("'id' at column 13 holds the hidden character U+2028 as its character 2; write it without", Errors.Last(), StringComparison.Ordinal);
        Assert.All(_log.Lines, line => Assert.Equal(-1, FlowCompile.Text.OutsideText.IndexOfHidden(line)));
    }

    [Fact]
    public void A_mounted_configuration_that_is_swapped_by_its_link_takes_over()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        Directory.CreateDirectory(In("..1"));
        Directory.CreateDirectory(In("..2"));
        Write(In("..1/math.flowplan.json"), "DetailedSolver=nano@0");
        Write(In("..2/math.flowplan.json"), "DetailedSolver=mini@0");
        Directory.CreateSymbolicLink(In("..data"), "..1");
        File.CreateSymbolicLink(Path, "..data/math.flowplan.json");
        using var watcher = Watch();
        Assert.Equal("nano", watcher.Find(MathWorkflow.Graph)!.Configurations[0].Settings[3]!.Value.First.Model);
        Directory.Delete(In("..data"));
        Directory.CreateSymbolicLink(In("..data"), "..2");
        Tick(1);
        Assert.Equal("mini", watcher.Find(MathWorkflow.Graph)!.Configurations[0].Settings[3]!.Value.First.Model);
        Assert.Empty(Errors);
    }

    private PlanWatcher Watch()
    {
        var watcher = new PlanWatcher(timeProvider: _time, logger: _log.Logger);
        watcher.Watch(MathWorkflow.Graph, new WorkflowPlanOptions { File = Path, CheckInterval = TimeSpan.FromSeconds(1) });
        return watcher;
    }

    private void Tick(int times)
    {
        for (var i = 0; i < times; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
        }
    }

    private string In(string relative) => System.IO.Path.Combine(_folder.FullName, relative);

    private static void Write(string path, string configuration) => PlanFile.Write(path, Run.Plans.Of(configuration), MathWorkflow.Graph);
}
