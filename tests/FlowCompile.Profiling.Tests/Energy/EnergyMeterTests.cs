using FlowCompile.Profiling.TestHost;

namespace FlowCompile.Profiling.Tests.Energy;

public sealed class EnergyMeterTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly FakeCounter _counter = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Calls_side_by_side_have_equal_shares()
    {
        var meter = EnergyMeter.Of([_counter])!;
        _counter.Joules = 100;
        var first = meter.Begin();
        _counter.Joules += 6;
        var second = meter.Begin();
        var third = meter.Begin();
        _counter.Joules += 9;
        Assert.Equal(9, first.End());
        _counter.Joules += 4;
        Assert.Equal(5, second.End());
        _counter.Joules += 1;
        Assert.Equal(6, third.End());

        // What is taken while nothing is under way is nobody's.
        _counter.Joules += 50;
        Assert.Equal(0, meter.Begin().End());
    }

    [Fact]
    public void Shares_add_up_to_what_was_counted()
    {
        var meter = EnergyMeter.Of([_counter, new FakeCounter()])!;
        var random = new Random(7);
        var open = new List<EnergyMeter.Reading>();
        var (sum, counted) = (0.0, 0.0);
        for (var step = 0; step < 2000; step++)
        {
            var joules = random.NextDouble();
            _counter.Joules += joules;
            counted += open.Count > 0 ? joules : 0;
            if (open.Count == 0 || random.Next(2) == 0)
            {
                open.Add(meter.Begin());
            }
            else
            {
                var at = random.Next(open.Count);
                sum += open[at].End()!.Value;
                open.RemoveAt(at);
            }
        }

        sum += open.Sum(reading => reading.End()!.Value);
        Assert.Equal(counted, sum, 6);
    }

    [Fact]
    public void Call_that_came_to_nothing_leaves_its_place()
    {
        var meter = EnergyMeter.Of([_counter])!;
        using (meter.Begin())
        {
            _counter.Joules += 5;
        }

        using var reading = meter.Begin();
        _counter.Joules += 2;
        Assert.Equal(2, reading.End());
    }

    [Fact]
    public void Counter_that_cannot_be_read_any_more_makes_all_unknown()
    {
        var meter = EnergyMeter.Of([_counter])!;
        var reading = meter.Begin();
        _counter.Joules = double.NaN;
        Assert.Null(reading.End());
        _counter.Joules = 3;
        Assert.Null(meter.Begin().End());
    }

    [Fact]
    public void Machine_that_counts_nothing_has_no_meter() => Assert.Null(EnergyMeter.Of([]));

    [Fact]
    public async Task Calls_of_a_model_on_this_machine_have_joules_and_others_have_none()
    {
        // Ten joules whenever it is looked at: one call at a time has ten.
        var run = new ProfileRun(_folder.File("store.db"))
        {
            BigRunsHere = true,
            Options = new ProfilerOptions { Concurrency = 1, Energy = new Lazy<EnergyMeter?>(EnergyMeter.Of([new FakeCounter { Step = 10 }])) },
        };
        var summary = await run.RunAsync(3);
        Assert.All(summary.Outcomes, one => Assert.Equal(one.Cell.Setting.Model == "big" ? 10 : null, one.Outcome.EnergyJoules));
        Assert.All(summary.Rows, row => Assert.Equal(row.Setting.Model == "big" ? 10 : null, row.EnergyJoules));
    }

    [Fact]
    public async Task Machine_that_cannot_tell_measures_no_energy()
    {
        var run = new ProfileRun(_folder.File("store.db")) { BigRunsHere = true, Options = new ProfilerOptions { Energy = new Lazy<EnergyMeter?>((EnergyMeter?)null) } };
        var summary = await run.RunAsync(2);
        Assert.All(summary.Outcomes, one => Assert.Null(one.Outcome.EnergyJoules));
        Assert.All(summary.Rows, row => Assert.Null(row.EnergyJoules));
    }

    [Fact]
    public async Task Energy_of_a_setting_of_which_a_part_was_measured_is_not_known()
    {
        var store = _folder.File("store.db");
        await new ProfileRun(store) { BigRunsHere = true, Options = new ProfilerOptions { Energy = new Lazy<EnergyMeter?>((EnergyMeter?)null) } }.RunAsync(2);
        var more = new ProfileRun(store) { BigRunsHere = true, Options = new ProfilerOptions { Concurrency = 1, Energy = new Lazy<EnergyMeter?>(EnergyMeter.Of([new FakeCounter { Step = 10 }])) } };
        var summary = await more.RunAsync(3);
        Assert.Contains(summary.Outcomes, one => one.Outcome.EnergyJoules == 10);
        Assert.All(summary.Rows.Where(row => row.Node == "Draft"), row => Assert.Null(row.EnergyJoules));
    }

    [Fact]
    public async Task Answers_of_one_decode_have_its_power_for_as_long_as_their_own_calls_would_take()
    {
        var clock = new Clock();
        var settings = Doubling.Settings() with { Budgets = [0, 8, 16, 32] };
        using var store = ProfileStore.Open(_folder.File("store.db"));
        using var models = new ModelCatalog()
            .Add("small", new FakeModel("small", Skill.Answer))
            .Add("big", new SweepingModel(new FakeModel("big", call =>
            {
                clock.Now += TimeSpan.FromSeconds(1);
                return Skill.Answer(call);
            })
            { RunsHere = true }));

        // Five watts.
        var options = new ProfilerOptions { Concurrency = 1, Energy = new Lazy<EnergyMeter?>(EnergyMeter.Of([new ClockedCounter(clock)])) };
        var summary = await new Profiler(DoublingWorkflow.Descriptor, models, settings, store, options, clock).RunAsync(ProfileRun.Cases(DoublingWorkflow.Descriptor, 2));
        var shared = summary.Outcomes.Where(one => one.Cell.Setting.Model == "big").ToList();
        Assert.Contains(shared, one => one.Outcome.IsDerived);
        Assert.All(shared, one => Assert.Equal(5 * one.Outcome.Latency.TotalSeconds, one.Outcome.EnergyJoules!.Value, 4));
    }

    private sealed class FakeCounter : IEnergyCounter
    {
        public string Name => "fake";

        public double Joules { get; set; }

        public double Step { get; init; }

        public double? Read()
        {
            Joules += Step;
            return double.IsNaN(Joules) ? null : Joules;
        }
    }

    private sealed class ClockedCounter(Clock clock) : IEnergyCounter
    {
        public string Name => "clocked";

        public double? Read() => 5 * clock.Now.TotalSeconds;
    }

    private sealed class Clock : TimeProvider
    {
        public TimeSpan Now { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now.Ticks;
    }
}
