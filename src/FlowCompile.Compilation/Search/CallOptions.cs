using System.Collections.Concurrent;

namespace FlowCompile.Compilation;

/// <summary>
/// What the calls of sub-agents may run under: one setting for all calls of a node and, where those are few enough to be searched, a setting for each.
/// Replicas are exchangeable, so of <c>n</c> settings <c>k</c> of them have <c>(n + k - 1)! / (k! (n - 1)!)</c> options; attempts have <c>n^k</c>.
/// </summary>
internal sealed class CallOptions
{
    /// <summary>The most options of a node with which its calls may differ.</summary>
    public const int MaxOptions = 1 << 10;

    private readonly ProfileTable _profile;
    private readonly bool _mayDiffer;
    private readonly ConcurrentDictionary<(int Node, int Calls), CallSettings[]> _options = new();

    /// <summary>Creates the options.</summary>
    /// <param name="profile">The settings that each sub-agent may run under.</param>
    /// <param name="mayDiffer">Whether the calls of a node may have different settings at all.</param>
    public CallOptions(ProfileTable profile, bool mayDiffer)
    {
        _profile = profile;
        _mayDiffer = mayDiffer;
    }

    /// <summary>Whether the calls of a node may have different settings.</summary>
    /// <param name="node">The node.</param>
    /// <param name="calls">How many calls it makes.</param>
    public bool MayDiffer(int node, int calls) => MayBeAsked(node, calls) && CountEach(node, calls) <= MaxOptions;

    /// <summary>Whether a node has so many options that its calls have one setting, though they might differ.</summary>
    /// <param name="node">The node.</param>
    /// <param name="calls">How many calls it makes.</param>
    public bool HasTooMany(int node, int calls) => MayBeAsked(node, calls) && CountEach(node, calls) > MaxOptions;

    /// <summary>The number of options of a node.</summary>
    /// <param name="node">The node.</param>
    /// <param name="calls">How many calls it makes.</param>
    public double CountOf(int node, int calls) => MayDiffer(node, calls) ? CountEach(node, calls) : _profile.Of(node).Count;

    /// <summary>How many options a node has where its calls may differ.</summary>
    /// <param name="node">The node.</param>
    /// <param name="calls">How many calls it makes.</param>
    public double CountEach(int node, int calls)
    {
        double settings = _profile.Of(node).Count;
        return IsRepairer(node)
            ? Math.Pow(settings, calls)
            : Math.Round(Enumerable.Range(1, calls).Aggregate(1.0, (count, call) => count * (settings + call - 1) / call));
    }

    /// <summary>The options of a node: one setting for all calls first, in the profile's order, then those that differ.</summary>
    /// <param name="node">The node.</param>
    /// <param name="calls">How many calls it makes.</param>
    public IReadOnlyList<CallSettings> Of(int node, int calls) => _options.GetOrAdd((node, calls), _ => [.. Create(node, calls)]);

    /// <summary>The settings of calls as configurations have them: of replicas in one order.</summary>
    /// <param name="node">The node.</param>
    /// <param name="settings">The settings, one for each call.</param>
    public CallSettings Put(int node, IReadOnlyList<Setting> settings) => IsRepairer(node) ? new CallSettings(settings) : CallSettings.ForReplicas(settings);

    private bool MayBeAsked(int node, int calls) => _mayDiffer && calls > 1 && _profile.Of(node).Count > 1 && !_profile.Graph.Nodes[node].HasSameSettings;

    private bool IsRepairer(int node) => _profile.Graph.Nodes[node].Repair is not null;

    private IEnumerable<CallSettings> Create(int node, int calls)
    {
        Setting[] settings = [.. _profile.Of(node).Select(row => row.Setting)];
        foreach (var setting in settings)
        {
            yield return setting;
        }

        if (!MayDiffer(node, calls))
        {
            yield break;
        }

        // In the order of digits; of replicas only those that do not go down.
        var place = new int[calls];
        while (true)
        {
            if (place.Any(one => one != place[0]))
            {
                yield return Put(node, [.. place.Select(one => settings[one])]);
            }

            var call = calls - 1;
            while (call >= 0 && place[call] == settings.Length - 1)
            {
                call--;
            }

            if (call < 0)
            {
                yield break;
            }

            place[call]++;
            for (var later = call + 1; later < calls; later++)
            {
                place[later] = IsRepairer(node) ? 0 : place[call];
            }
        }
    }
}
