using FlowCompile.Graph;

namespace FlowCompile.Compilation;

/// <summary>
/// Finds the frontier under the paired proxy by looking around what is good. Where calls run side by side, a faster one may change nothing
/// until another is faster too; so configurations that are as good with less work are kept beside the frontier, and looked around as well.
/// </summary>
internal sealed class PairedSearch
{
    private const int Seed = 20260101;
    private const int Sample = 256;
    private const int MaxIdle = 4;
    private readonly PairedProxy _proxy;
    private readonly Neighbourhood _neighbourhood;
    private readonly CandidateArchive _front;
    private readonly CandidateArchive _guide;
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly HashSet<CandidateEntry> _expanded = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<CandidateEntry> _paired = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Setting, double>[] _latencies;
    private readonly Random _random = new(Seed);
    private int _idle;

    /// <summary>Creates a search.</summary>
    /// <param name="profile">The profile.</param>
    /// <param name="structures">The structures.</param>
    /// <param name="proxy">The proxy.</param>
    /// <param name="objectives">The objectives.</param>
    /// <param name="options">What the calls of each sub-agent may run under; <see langword="null"/>: all calls of a node under one setting.</param>
    public PairedSearch(
        ProfileTable profile, IReadOnlyList<WorkflowStructure> structures, PairedProxy proxy, Objectives objectives, CallOptions? options = null)
    {
        _proxy = proxy;
        _neighbourhood = new Neighbourhood(profile, structures, options ?? new CallOptions(profile, mayDiffer: false));
        _front = new CandidateArchive(objectives);
        _guide = new CandidateArchive(objectives, withWork: true);
        _latencies = [.. profile.Graph.Nodes.Select((_, node) => profile.Of(node).ToDictionary(row => row.Setting, row => row.LatencySeconds))];
    }

    /// <summary>Told of every configuration that is looked at; <see langword="null"/> for nobody.</summary>
    public Action<CandidateEntry>? Looked { get; set; }

    /// <summary>How many configurations were looked at.</summary>
    public int Looks => _seen.Count;

    /// <summary>The frontier of all that was looked at.</summary>
    public IReadOnlyList<CandidateEntry> Front => _front.Entries;

    /// <summary>Whether a configuration found is as good as values in every objective, but for a loss of accuracy.</summary>
    /// <param name="values">The values.</param>
    /// <param name="loss">The accuracy that it may be short of them.</param>
    public bool Covers(in CallValues values, double loss) => _front.Covers(values, loss);

    /// <summary>Looks at a configuration, unless it was looked at before.</summary>
    /// <param name="candidate">The configuration.</param>
    public void Offer(Candidate candidate)
    {
        if (_seen.Add(candidate.Key()))
        {
            var work = candidate.Settings.Select((settings, node) => settings is { } own ? WorkOf(node, own, candidate.Structure.Counts[node]) : 0).Sum();
            var entry = new CandidateEntry(candidate, _proxy.Evaluate(candidate.Structure, candidate.Settings), work);
            _front.Offer(entry);
            _guide.Offer(entry);
            Looked?.Invoke(entry);
        }
    }

    /// <summary>
    /// Looks around the frontier until it has no neighbour left to look at, and random configurations show none either, or until a number
    /// of looks is reached.
    /// </summary>
    /// <param name="maxLooks">The most configurations to look at.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <returns>Whether it ended by itself.</returns>
    public bool Run(int maxLooks, CancellationToken cancellationToken)
    {
        while (true)
        {
            // The frontier itself first, then its guides, and where both have nothing left, two settings at once.
            var others = Front.Select(entry => entry.Candidate).ToList();
            var open = Open(_front, _expanded) is { Count: > 0 } front ? front : Open(_guide, _expanded);
            var isPaired = open.Count == 0;
            open = isPaired ? Open(_front, _paired) : open;
            if (open.Count == 0)
            {
                if (_idle == MaxIdle)
                {
                    return true;
                }

                _idle++;
                if (!Scatter(maxLooks, cancellationToken))
                {
                    return false;
                }
            }

            foreach (var entry in open)
            {
                (isPaired ? _paired : _expanded).Add(entry);
                foreach (var neighbour in isPaired ? _neighbourhood.Pairs(entry.Candidate) : _neighbourhood.Of(entry.Candidate, others))
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    if (Looks >= maxLooks)
                    {
                        return false;
                    }

                    Offer(neighbour);
                }
            }
        }
    }

    private double WorkOf(int node, CallSettings settings, int calls) => settings.IsUniform
        ? calls * _latencies[node][settings.First]
        : Enumerable.Range(0, settings.Count).Sum(call => _latencies[node][settings[call]]);

    // What lies apart from all that is good has no way there one step at a time.
    private bool Scatter(int maxLooks, CancellationToken cancellationToken)
    {
        for (var i = 0; i < Sample; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (Looks >= maxLooks)
            {
                return false;
            }

            Offer(_neighbourhood.Any(_random));
        }

        return true;
    }

    private static List<CandidateEntry> Open(CandidateArchive archive, HashSet<CandidateEntry> done) =>
        [.. archive.Entries.Where(entry => !done.Contains(entry)).OrderBy(entry => entry.Values.Latency)];
}
