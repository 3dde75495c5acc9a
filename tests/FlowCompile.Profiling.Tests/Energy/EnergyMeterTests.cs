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
    public void Counters_are_looked_at_while_a_call_is_under_way()
    {
        var time = new Ticks();
        var meter = EnergyMeter.Of([_counter], time)!;
        Assert.Equal(Timeout.InfiniteTimeSpan, time.Period);
        var (first, second) = (meter.Begin(), meter.Begin());
        Assert.InRange(time.Period, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
        var looks = _counter.Reads;
        time.Tick();
        Assert.Equal(looks + 1, _counter.Reads);
        first.End();
        Assert.NotEqual(Timeout.InfiniteTimeSpan, time.Period);
        second.Dispose();
        Assert.Equal(Timeout.InfiniteTimeSpan, time.Period);
    }

    [Fact]
    public void A_call_that_takes_longer_than_a_counter_lasts_misses_nothing()
    {
        const ulong range = 65_532_610_987;
        Directory.CreateDirectory(_folder.File("rapl/intel-rapl:0"));
        File.WriteAllText(_folder.File("rapl/intel-rapl:0/name"), "package-0\n");
        File.WriteAllText(_folder.File("rapl/intel-rapl:0/max_energy_range_uj"), $"{range}\n");
        var file = _folder.File("rapl/intel-rapl:0/energy_uj");
        File.WriteAllText(file, $"{range - 5_000_000}\n");
        var time = new Ticks();
        var meter = EnergyMeter.Of(RaplCounter.Find(_folder.File("rapl")), time)!;
        var reading = meter.Begin();

        // Ten times half a range: it begins anew five times.
        var now = range - 5_000_000;
        for (var tick = 0; tick < 10; tick++)
        {
            now = (now + (range / 2)) % range;
            File.WriteAllText(file, $"{now}\n");
            time.Tick();
        }

        Assert.Equal(10 * (range / 2) / 1e6, reading.End()!.Value, 3);
    }

    [Theory]
    [InlineData(false, "cpu", true)]
    [InlineData(false, "cuda", false)]
    [InlineData(true, "cpu", false)]
    [InlineData(true, "cuda", true)]
    [InlineData(true, null, true)]
    public async Task Counters_that_do_not_count_what_computes_a_model_say_nothing_of_its_calls(bool gpu, string? device, bool counts)
    {
        var run = new ProfileRun(_folder.File("store.db"))
        {
            BigRunsHere = true,
            BigDevice = device,
            Options = new ProfilerOptions { Concurrency = 1, Energy = new Lazy<EnergyMeter?>(EnergyMeter.Of([new FakeCounter { Step = 10, IsOfGpu = gpu }])) },
        };
        var summary = await run.RunAsync(2);
        Assert.All(summary.Rows, row => Assert.Equal(counts && row.Setting.Model == "big" ? 10 : null, row.EnergyJoules));
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

        public bool IsOfGpu { get; init; }

        public double Joules { get; set; }

        public double Step { get; init; }

        public int Reads { get; private set; }

        public double? Read()
        {
            Reads++;
            Joules += Step;
            return double.IsNaN(Joules) ? null : Joules;
        }
    }

    private sealed class Ticks : TimeProvider
    {
        private Action? _tick;

        public TimeSpan Period { get; private set; }

        public void Tick() => _tick!();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            _tick = () => callback(state);
            var timer = new Timer(this);
            timer.Change(dueTime, period);
            return timer;
        }

        private sealed class Timer(Ticks ticks) : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period)
            {
                ticks.Period = period;
                return true;
            }

            public void Dispose()
            {
            }

            public ValueTask DisposeAsync() => default;
        }
    }

    private sealed class ClockedCounter(Clock clock) : IEnergyCounter
    {
        public string Name => "clocked";

        public bool IsOfGpu => false;

        public double? Read() => 5 * clock.Now.TotalSeconds;
    }

    private sealed class Clock : TimeProvider
    {
        public TimeSpan Now { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now.Ticks;
    }
}
