using FlowCompile.Plans;
using FlowCompile.Tests.Run;
using FlowCompile.Tests.Run.Golden.Planned;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace FlowCompile.Tests.Hosting;

/// <summary>Plans that are taken over from real files while the program runs.</summary>
public sealed class PlanWatcherTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("flowcompile-watch");
    private readonly ManualTime _time = new();
    private readonly KeptLog _log = new();
    private readonly NamedModels _models = new((_, _, _, _) => Task.FromResult("1"));

    private string Path => System.IO.Path.Combine(_folder.FullName, "math.flowplan.json");

    public void Dispose()
    {
        _folder.Delete(recursive: true);
        _time.Dispose();
        _log.Dispose();
    }

    [Fact]
    public async Task ChangedFile_TakesOverForTheRunsThatStartAfter()
    {
        Write("DetailedSolver=nano@0");
        using var watcher = new PlanWatcher(timeProvider: _time, logger: _log.Logger);
        watcher.Watch(MathWorkflow.Graph, new WorkflowPlanOptions { File = Path });
        var workflow = new MathWorkflow { Models = _models.Catalog("nano", "mini"), Runtime = new WorkflowRuntime { Plans = watcher } };

        Assert.Equal("DetailedSolver=nano@0", await RunAsync());
        Write("DetailedSolver=mini@0");
        Assert.Equal("DetailedSolver=nano@0", await RunAsync());
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal("DetailedSolver=mini@0", await RunAsync());
        Assert.Equal($"Information: The plan of workflow 'math' is now {Path}: 1 configurations.", _log.Lines[^1]);

        // The plan of a single run goes before it.
        var options = new RunOptions { Plan = MathWorkflow.Plan.Compiled };
        Assert.Same(MathWorkflow.Plan.C01, (await workflow.RunAsync("x", Preference.Fastest, options)).Configuration);

        async Task<string> RunAsync() => (await workflow.RunAsync("x", Preference.Fastest)).Configuration.ToText(MathWorkflow.Graph);
    }

    [Theory]
    [InlineData("", "it is not a plan, for it is not valid JSON")]
    [InlineData("\"graphHash\": \"sha256:", "the plan is stale: it was compiled for another graph of 'math'")]
    [InlineData("mini@0", "needs the model 'huge', which is not among the models (nano, mini)")]
    [InlineData("\"DetailedSolver\": 1", "the configuration 'c01' has no valid structure")]
    public void FileThatDoesNotHold_IsLoggedOnce_AndThePlanBeforeStays(string broken, string expected)
    {
        Write("DetailedSolver=mini@0");
        using var watcher = new PlanWatcher(_models.Catalog("nano", "mini"), _time, _log.Logger);
        watcher.Watch(MathWorkflow.Graph, new WorkflowPlanOptions { File = Path });
        var before = watcher.Find(MathWorkflow.Graph);
        Assert.NotNull(before);

        var text = File.ReadAllText(Path);
        File.WriteAllText(Path, broken.Length == 0 ? text[..^20] : text.Replace(broken, broken switch
        {
            "mini@0" => "huge@0",
            "\"DetailedSolver\": 1" => "\"DetailedSolver\": 7",
            _ => broken + "0",
        }, StringComparison.Ordinal));
        _time.Advance(TimeSpan.FromSeconds(5));
        _time.Advance(TimeSpan.FromSeconds(5));

        Assert.Same(before, watcher.Find(MathWorkflow.Graph));
        var line = Assert.Single(_log.Lines, line => line.StartsWith("Error", StringComparison.Ordinal));
        Assert.Contains(expected, line, StringComparison.Ordinal);
        Assert.EndsWith("The plan before it stays in force.", line, StringComparison.Ordinal);

        // Mended, it takes over.
        Write("DetailedSolver=nano@0");
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.NotSame(before, watcher.Find(MathWorkflow.Graph));
    }

    [Fact]
    public void FileThatIsNotThere_LeavesTheCompiledPlan_UntilItIs()
    {
        using var watcher = new PlanWatcher(timeProvider: _time, logger: _log.Logger);
        watcher.Watch(MathWorkflow.Graph, new WorkflowPlanOptions { File = Path, CheckInterval = TimeSpan.FromSeconds(1) });
        Assert.Null(watcher.Find(MathWorkflow.Graph));
        Assert.EndsWith("The compiled plan stays in force.", Assert.Single(_log.Lines), StringComparison.Ordinal);

        Write("DetailedSolver=nano@0");
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.NotNull(watcher.Find(MathWorkflow.Graph));

        // Taken away again, the plan stays; no longer watched, the compiled one is back.
        File.Delete(Path);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.NotNull(watcher.Find(MathWorkflow.Graph));
        watcher.Watch(MathWorkflow.Graph, new WorkflowPlanOptions());
        Assert.Null(watcher.Find(MathWorkflow.Graph));
    }

    [Fact]
    public void OptionsThatCannotBeWatched_LeaveWhatIsWatched()
    {
        Write("DetailedSolver=nano@0");
        using var watcher = new PlanWatcher(timeProvider: _time, logger: _log.Logger);
        watcher.Watch(MathWorkflow.Graph, new WorkflowPlanOptions { File = Path });

        Assert.ThrowsAny<ArgumentException>(() => watcher.Watch(MathWorkflow.Graph, new WorkflowPlanOptions { File = "no\0file" }));
        Assert.Throws<ArgumentOutOfRangeException>(() => watcher.Watch(MathWorkflow.Graph, new WorkflowPlanOptions { File = "other", CheckInterval = TimeSpan.FromDays(50) }));
        watcher.TryWatch([MathWorkflow.Graph], new WorkflowPlanOptions { File = "no\0file" });
        Assert.EndsWith("What was watched before stays in force.", _log.Lines[^1], StringComparison.Ordinal);

        // The file that was watched still is.
        Write("DetailedSolver=mini@0");
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal("mini", watcher.Find(MathWorkflow.Graph)!.Configurations[0].Settings[3]!.Value.First.Model);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    public void BlankFile_IsNone(string file)
    {
        Write("DetailedSolver=nano@0");
        using var watcher = new PlanWatcher(timeProvider: _time, logger: _log.Logger);
        watcher.Watch(MathWorkflow.Graph, new WorkflowPlanOptions { File = file });
        Assert.Null(watcher.Find(MathWorkflow.Graph));

        watcher.Watch(MathWorkflow.Graph, new WorkflowPlanOptions { File = Path });
        watcher.Watch(MathWorkflow.Graph, new WorkflowPlanOptions { File = file });

        Assert.Null(watcher.Find(MathWorkflow.Graph));
        Assert.DoesNotContain(_log.Lines, line => line.StartsWith("Error", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Services_WatchTheFileOfTheOptions_AndFollowThem()
    {
        Write("DetailedSolver=nano@0");
        using var source = new ChangingOptions { File = Path };
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(_time);
        services.AddSingleton<ILoggerFactory>(_log);
        services.AddSingleton<IConfigureOptions<WorkflowPlanOptions>>(source);
        services.AddSingleton<IOptionsChangeTokenSource<WorkflowPlanOptions>>(source);
        services.Configure<WorkflowRuntimeOptions>(options => options.Retries = 3);
        services.AddModel("nano", new FakeModel(_ => "1"));
        services.AddModel("micro", new FakeModel(_ => "1"));
        services.AddModel("mini", _ => new FakeModel(_ => "1"));
        services.AddMathWorkflow();
        await using var provider = services.BuildServiceProvider();
        var workflow = provider.GetRequiredService<MathWorkflow>();
        Assert.Equal(3, workflow.Runtime.Retries);
        Assert.Equal(["nano", "micro", "mini"], workflow.Models.Names);

        Assert.Equal("DetailedSolver=nano@0", await RunAsync());

        // The file changes, then the options name another, then none.
        Write("DetailedSolver=mini@0");
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal("DetailedSolver=mini@0", await RunAsync());
        source.Change(System.IO.Path.Combine(_folder.FullName, "none.json"));
        Assert.Equal("DetailedSolver=mini@0", await RunAsync());
        source.Change(null);
        Assert.Same(MathWorkflow.Plan.C01, (await workflow.RunAsync("x", Preference.Fastest)).Configuration);

        async Task<string> RunAsync() => (await workflow.RunAsync("x", Preference.Fastest)).Configuration.ToText(MathWorkflow.Graph);
    }

    [Fact]
    public void OptionsThatCannotBe_AreRefused()
    {
        var services = new ServiceCollection();
        services.Configure<WorkflowRuntimeOptions>(options => options.FailuresToBreak = 0);
        services.AddModel("nano", new FakeModel(_ => "1"));
        services.AddMathWorkflow();
        using var provider = services.BuildServiceProvider();

        var error = Assert.Throws<ArgumentOutOfRangeException>(provider.GetRequiredService<MathWorkflow>);
        Assert.Contains("FailuresToBreak is 1 or more.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ACheck_SeesTheFileAsItIs_BesideTheTimer()
    {
        Write("DetailedSolver=nano@0");
        using var watcher = new PlanWatcher();
        watcher.Watch(MathWorkflow.Graph, new WorkflowPlanOptions { File = Path, CheckInterval = TimeSpan.FromMilliseconds(1) });
        for (var i = 0; i < 100; i++)
        {
            Write($"DetailedSolver=nano@{i}");
            watcher.Check();
            Assert.Equal(i, watcher.Find(MathWorkflow.Graph)!.Configurations[0].Settings[3]!.Value.First.Budget);
        }
    }

    private void Write(string configuration) => PlanFile.Write(Path, Run.Plans.Of(configuration), MathWorkflow.Graph);

    /// <summary>Options of the math workflow's plan that a test changes.</summary>
    private sealed class ChangingOptions : IConfigureNamedOptions<WorkflowPlanOptions>, IOptionsChangeTokenSource<WorkflowPlanOptions>, IDisposable
    {
        private CancellationTokenSource _changed = new();

        public string? File { get; set; }

        public string Name => "math";

        public void Dispose() => _changed.Dispose();

        public void Configure(WorkflowPlanOptions options)
        {
        }

        public void Configure(string? name, WorkflowPlanOptions options) => options.File = name == Name ? File : null;

        public Microsoft.Extensions.Primitives.IChangeToken GetChangeToken() => new Microsoft.Extensions.Primitives.CancellationChangeToken(_changed.Token);

        public void Change(string? file)
        {
            File = file;
            using var changed = Interlocked.Exchange(ref _changed, new CancellationTokenSource());
            changed.Cancel();
        }
    }
}
