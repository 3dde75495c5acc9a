namespace FlowCompile.Compilation.Tests;

/// <summary>Runs whose calls wait for slots, against playing them event by event.</summary>
public sealed class SlotScheduleTests
{
    private const double Tolerance = 1e-9;
    private const int Runs = 16;

    [Fact]
    public void A_call_starts_when_its_inputs_are_there_and_a_slot_is_free()
    {
        for (var seed = 0; seed < 3000; seed++)
        {
            var random = new Random(seed);
            var slots = Enumerable.Range(0, random.Next(1, 3)).Select(_ => random.Next(1, 4)).ToArray();
            var before = Enumerable.Range(0, random.Next(1, 9)).Select(v => Enumerable.Range(0, v).Where(_ => random.Next(3) == 0).ToArray()).ToArray();
            var calls = Calls(random, before.Length, slots.Length);
            var actual = new double[Runs];
            new SlotSchedule(slots, Runs).Run(before, Always(before), calls, output: -1, actual);
            for (var run = 0; run < Runs; run++)
            {
                Assert.Equal(new EventPlay(slots, before, calls, run).End(), actual[run], Tolerance);
            }
        }
    }

    [Fact]
    public void A_run_waits_only_for_what_it_waits_for_and_ends_with_its_output()
    {
        for (var seed = 0; seed < 3000; seed++)
        {
            var random = new Random(seed);
            var slots = Enumerable.Range(0, random.Next(1, 3)).Select(_ => random.Next(1, 4)).ToArray();
            var before = Enumerable.Range(0, random.Next(2, 9)).Select(v => Enumerable.Range(0, v).Where(_ => random.Next(3) == 0).ToArray()).ToArray();
            var waits = before.Select(own => own.Select(_ => random.Next(2) == 0 ? null : Enumerable.Range(0, Runs).Select(_ => (double)random.Next(2)).ToArray()).ToArray()).ToArray();
            var calls = Calls(random, before.Length, slots.Length);
            var (actual, output) = (new double[Runs], random.Next(before.Length));
            new SlotSchedule(slots, Runs).Run(before, waits, calls, output, actual);
            for (var run = 0; run < Runs; run++)
            {
                int[][] waited = [.. before.Select((own, v) => own.Where((_, i) => waits[v][i] is not { } wait || wait[run] == 1).ToArray())];
                Assert.Equal(new EventPlay(slots, waited, calls, run, output).End(), actual[run], Tolerance);
            }
        }
    }

    [Fact]
    public void Its_buffers_keep_nothing_of_the_evaluation_before()
    {
        var (once, schedule) = (new double[Runs], new SlotSchedule([2], Runs));
        for (var seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            var before = Enumerable.Range(0, random.Next(1, 9)).Select(v => Enumerable.Range(0, v).Where(_ => random.Next(3) == 0).ToArray()).ToArray();
            var calls = Calls(random, before.Length, places: 1);
            var again = new double[Runs];
            new SlotSchedule([2], Runs).Run(before, Always(before), calls, output: -1, once);
            schedule.Run(before, Always(before), calls, output: -1, again);
            Assert.Equal(once, again);
        }
    }

    [Fact]
    public void Four_calls_on_two_slots_take_twice_as_long_as_two()
    {
        SlotCall[] calls = [.. Enumerable.Range(0, 4).Select(v => new SlotCall(v, 0, [.. Enumerable.Repeat(3.0, Runs)], -1))];
        var end = new double[Runs];
        int[][] before = [[], [], [], []];
        new SlotSchedule([2], Runs).Run(before, Always(before), calls, output: -1, end);
        Assert.All(end, seconds => Assert.Equal(6, seconds));
        new SlotSchedule([4], Runs).Run(before, Always(before), calls, output: -1, end);
        Assert.All(end, seconds => Assert.Equal(3, seconds));
    }

    private static double[]?[][] Always(int[][] before) => [.. before.Select(own => new double[]?[own.Length])];

    // Times are quarters, so that calls often come together; some calls are not made, and some follow one another.
    private static List<SlotCall> Calls(Random random, int vertices, int places)
    {
        var calls = new List<SlotCall>();
        for (var v = 0; v < vertices; v++)
        {
            var (place, isRepair) = (random.Next(-1, places), random.Next(3) == 0);
            for (var call = random.Next(3); call >= 0; call--)
            {
                double[] seconds = [.. Enumerable.Range(0, Runs).Select(_ => random.Next(6) == 0 ? -1 : random.Next(1, 9) / 4.0)];
                calls.Add(new SlotCall(v, place, seconds, isRepair && calls.Count > 0 && calls[^1].Vertex == v ? calls.Count - 1 : -1));
            }
        }

        return calls;
    }
}
