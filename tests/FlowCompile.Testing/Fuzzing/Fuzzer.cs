using System.Diagnostics;

namespace FlowCompile.Testing.Fuzzing;

/// <summary>Gives a kind many inputs, and gathers what became of them.</summary>
public static class Fuzzer
{
    /// <summary>How long one input may take. It is no measure of speed: what takes this long never ends.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    // As small as any thread's on the systems that .NET runs on, so that what recurses is found.
    private const int StackSize = 1 << 20;

    /// <summary>Runs inputs.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="count">How many.</param>
    /// <param name="seed">The seed: the same inputs for the same one.</param>
    /// <param name="first">The number of the first.</param>
    /// <param name="log">A file that always says which input is read now: what is left of a process that an input ended.</param>
    public static FuzzReport Run(FuzzKind kind, int count, int seed, int first = 0, string? log = null)
    {
        var run = new Worker(kind, seed, log);
        var thread = new Thread(() => run.Read(first, count), StackSize) { IsBackground = true, Name = $"fuzz {kind.Name}" };
        thread.Start();
        while (!thread.Join(TimeSpan.FromSeconds(1)))
        {
            if (run.Hangs())
            {
                // The thread stays behind: nothing can end it.
                return run.Report(hung: true);
            }
        }

        return run.Report(hung: false);
    }

    /// <summary>The input of a number.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="index">The number.</param>
    public static FuzzInput Input(FuzzKind kind, int seed, int index) => kind.Mutate(new Random(unchecked((seed * 1_000_003) + index)));

    private sealed class Worker(FuzzKind kind, int seed, string? log)
    {
        private readonly Dictionary<string, FuzzFinding> _findings = [];
        private readonly Lock _lock = new();
        private long _since = Stopwatch.GetTimestamp();
        private int _index = -1;
        private int _accepted;
        private int _refused;
        private TimeSpan _slowest;
        private long _mostAllocated;
        private Exception? _broken;

        public void Read(int first, int count)
        {
            try
            {
                using var file = log is null ? null : new FileStream(log, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
                for (var index = first; index < first + count; index++)
                {
                    file?.Seek(0, SeekOrigin.Begin);
                    file?.Write(System.Text.Encoding.ASCII.GetBytes($"{index,10}\n"));
                    ReadOne(index);
                }
            }
            catch (Exception e) when (e is not FuzzFailureException)
            {
                // The fuzzer itself is wrong.
                _broken = e;
            }
        }

        private void ReadOne(int index)
        {
            var input = Input(kind, seed, index);
            lock (_lock)
            {
                (_index, _since) = (index, Stopwatch.GetTimestamp());
            }

            var before = GC.GetAllocatedBytesForCurrentThread();
            var failure = Attempt.Read(kind, input, out var accepted);
            var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            if (failure is null && allocated > kind.MostMemory + (64 * (long)input.Bytes.Length))
            {
                failure = new FuzzFailureException("memory", $"reading {input.Bytes.Length} bytes allocated {allocated} bytes");
            }

            FuzzInput? smallest = null;
            var elapsed = Stopwatch.GetElapsedTime(_since);
            if (failure is not null && !_findings.ContainsKey(failure.Rule))
            {
                lock (_lock)
                {
                    _since = long.MaxValue; // The shrinker takes as long as it takes.
                }

                smallest = Shrinker.Shrink(input, candidate => Attempt.Read(kind, candidate, out _)?.Rule == failure.Rule);
            }

            lock (_lock)
            {
                _since = Stopwatch.GetTimestamp();
                _slowest = failure is null && elapsed > _slowest ? elapsed : _slowest;
                _mostAllocated = Math.Max(_mostAllocated, allocated);
                if (failure is null)
                {
                    (_accepted, _refused) = accepted ? (_accepted + 1, _refused) : (_accepted, _refused + 1);
                }
                else if (smallest is null)
                {
                    _findings[failure.Rule].Count++;
                }
                else
                {
                    _findings.Add(failure.Rule, new FuzzFinding(failure.Rule, index, failure.Message, smallest));
                }
            }
        }

        public bool Hangs()
        {
            lock (_lock)
            {
                return Stopwatch.GetElapsedTime(_since) > Patience;
            }
        }

        public FuzzReport Report(bool hung)
        {
            lock (_lock)
            {
                if (_broken is not null)
                {
                    throw new InvalidOperationException($"The fuzzer of {kind.Name} broke at input {_index} of seed {seed}.", _broken);
                }

                List<FuzzFinding> findings = [.. _findings.Values];
                if (hung)
                {
                    findings.Add(new FuzzFinding("time", _index, $"it was not read after {Patience}", Input(kind, seed, _index)));
                }

                return new FuzzReport(kind.Name, seed, _accepted, _refused, findings, _slowest, _mostAllocated);
            }
        }
    }
}
