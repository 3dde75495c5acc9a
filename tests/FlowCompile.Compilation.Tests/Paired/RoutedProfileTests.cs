using FlowCompile.Graph;
using FlowCompile.Plans;
using FlowCompile.Profiling;
using FlowCompile.Profiling.TestHost;
using FlowCompile.Profiling.Testing;
using FlowCompile.Settings;
using Microsoft.Data.Sqlite;

namespace FlowCompile.Compilation.Tests;

/// <summary>A workflow whose tool routes by the case and by what is upstream: profiled, compiled, and run end to end.</summary>
public sealed class RoutedProfileTests : IDisposable
{
    private const int Count = 84; // all remainders of 3, 4, 5 and 7 come together, but not equally often
    private readonly string _folder = Directory.CreateTempSubdirectory("flowcompile-").FullName;
    private readonly ProjectSettings _settings = Settings(weak: "small");
    private int _calls;

    private static WorkflowDescriptor Descriptor => Of<RoutedWorkflow>();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Estimates_are_what_the_configurations_do_end_to_end()
    {
        var summary = await ProfileAsync();
        var profile = ProfileTable.From(Descriptor.Graph, summary);
        var structure = new StructureSpace(Descriptor.Graph).Largest;
        WorkflowConfiguration[] all =
        [
            .. from draft in All
               from even in All
               from odd in All
               select new WorkflowConfiguration($"{draft}-{even}-{odd}", structure, [draft, null, even, odd, null]),
        ];
        var results = await new HeldOutTest(Descriptor, Models()).RunAsync(all, Cases());
        var (paired, blind) = (new PairedProxy(profile.Recorded!, Schedule.Parallel), new PairedProxy(profile.Recorded!, Schedule.Parallel, BranchProbabilities.Equal));
        Assert.Equal(8, results.Count);
        Assert.All(results, result => Assert.Equal(result.Accuracy.Value!.Value, paired.Estimate(result.Configuration).Accuracy, 1e-12));

        // With the same branches on every case it would say about half.
        Assert.True(results.Max(result => Math.Abs(result.Accuracy.Value!.Value - blind.Estimate(result.Configuration).Accuracy)) > 0.2);

        var compiled = FlowCompiler.Compile(profile, new CompileOptions { KeepAll = true });
        var best = compiled.Plan.Configurations[^1];
        Assert.Equal(results.Max(result => result.Accuracy.Value!.Value), best.Estimate!.RecordedAccuracy!.Value, 1e-12);
    }

    [Fact]
    public async Task Routes_are_kept_of_right_and_of_wrong_inputs_where_a_setting_shows_them()
    {
        var summary = await ProfileAsync();
        foreach (var one in Cases())
        {
            var number = int.Parse(one.Id[1..]);
            var routes = summary.Routes.Where(route => route.CaseId == one.Id).ToList();
            Assert.All(routes, route => Assert.Equal("Route", route.Node));
            var (right, wrong) = number % 2 == 0 ? ("\"even\"", "\"odd\"") : ("\"odd\"", "\"even\"");
            Assert.All(routes, route => Assert.Equal(route.InputsRight ? right : wrong, route.Output));
            Assert.Equal(number % 4 != 0 || number % 3 == 0, routes.Exists(route => route.InputsRight));
            Assert.Equal(number % 4 == 0 || number % 3 != 0, routes.Exists(route => !route.InputsRight));
        }
    }

    [Fact]
    public async Task Inputs_that_the_reference_runs_lack_are_composed()
    {
        // The reference run drafts with the big model; what the small one drafts is recorded all the same.
        var routes = (await ProfileAsync(Settings(weak: "big"))).Routes.Where(route => route.Variant == InputVariant.Composed).ToList();
        Assert.Equal(Cases().Count(one => int.Parse(one.Id[1..]) is var n && (n % 4 != 0) != (n % 3 == 0)), routes.Count);
        Assert.All(routes, route => Assert.Equal(int.Parse(route.CaseId[1..]) % 4 == 0, route.InputsRight));
    }

    [Fact]
    public async Task A_profile_from_before_routes_were_kept_gets_them_without_a_call()
    {
        var first = await ProfileAsync();
        await using (var connection = new SqliteConnection($"Data Source={Store};Pooling=False"))
        {
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = "DELETE FROM routes";
            Assert.True(await command.ExecuteNonQueryAsync() > Count);
        }

        using (var store = ProfileStore.Open(Store))
        {
            Assert.Empty(ProfileSummary.Read(store, _settings).Routes);
            Assert.NotEqual(first.ProfileHash, ProfileSummary.Read(store, _settings).ProfileHash);
        }

        var before = _calls;
        var again = await ProfileAsync();
        Assert.Equal(before, _calls);
        Assert.Equal(first.Routes, again.Routes);
        Assert.Equal(first.ProfileHash, again.ProfileHash);
    }

    private string Store => Path.Combine(_folder, "store.db");

    private static Setting[] All => [new("small", 0), new("big", 0)];

    private static ProjectSettings Settings(string weak)
    {
        var settings = Doubling.Settings();
        return settings with
        {
            Budgets = [0],
            Workflows = [settings.Workflows[0] with { Name = "routed", Reference = new Setting("big", 0), WeakReference = new Setting(weak, 0) }],
        };
    }

    private static WorkflowDescriptor Of<T>()
        where T : IWorkflow => T.Descriptor;

    private async Task<ProfileSummary> ProfileAsync(ProjectSettings? settings = null)
    {
        using var models = Models();
        using var store = ProfileStore.Open(Store);
        return await new Profiler(Descriptor, models, settings ?? _settings, store, new ProfilerOptions { Concurrency = 4 }).RunAsync(Cases());
    }

    private ModelCatalog Models() => new ModelCatalog().Add("small", Model("small")).Add("big", Model("big"));

    private FakeModel Model(string name) => new(name, RoutedWorkflow.Reply) { Seen = _ => Interlocked.Increment(ref _calls) };

    private IReadOnlyList<WorkflowCase> Cases()
    {
        var path = Path.Combine(_folder, "cases.jsonl");
        File.WriteAllLines(path, Doubling.CaseLines(Count));
        return CaseFile.Read(path, Descriptor);
    }
}
