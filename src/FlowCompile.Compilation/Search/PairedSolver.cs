using FlowCompile.Graph;

namespace FlowCompile.Compilation;

/// <summary>
/// Proves what a search under the paired proxy found, and finds what it missed: branch and bound over the settings of every structure,
/// sub-agent by sub-agent. A branch of which no configuration can be better than what was found is left; the rest is looked at.
/// </summary>
internal sealed class PairedSolver
{
    private readonly ProfileTable _profile;
    private readonly CallOptions _options;
    private readonly IReadOnlyList<WorkflowStructure> _structures;
    private readonly PairedProxy _proxy;
    private readonly PairedSearch _search;
    private readonly CancellationToken _cancellationToken;
    private double _loss;
    private long _work;
    private long _maxWork;

    /// <summary>Creates a solver.</summary>
    /// <param name="profile">The settings that sub-agents may run under.</param>
    /// <param name="structures">The structures.</param>
    /// <param name="proxy">The proxy.</param>
    /// <param name="search">What was found, and where what is found is kept.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <param name="options">What the calls of each sub-agent may run under; <see langword="null"/>: all calls of a node under one setting.</param>
    public PairedSolver(
        ProfileTable profile, IReadOnlyList<WorkflowStructure> structures, PairedProxy proxy, PairedSearch search, CancellationToken cancellationToken, CallOptions? options = null)
    {
        _options = options ?? new CallOptions(profile, mayDiffer: false);
        _profile = profile;
        _structures = structures;
        _proxy = proxy;
        _search = search;
        _cancellationToken = cancellationToken;
    }

    /// <summary>Looks for configurations that are more accurate than what was found at no more than they spend.</summary>
    /// <param name="loss">How much more accurate they must be; 0 leaves nothing out.</param>
    /// <param name="work">The most multiplications to spend; what is left comes back.</param>
    /// <returns>Whether all were looked for: then what was found has lost no more than this.</returns>
    public bool Run(double loss, ref long work)
    {
        (_loss, _work, _maxWork) = (loss, 0, work);
        var isDone = _structures.All(Visit);
        work = Math.Max(0, work - _work);
        return isDone;
    }

    private bool Visit(WorkflowStructure structure)
    {
        var tree = new ChoiceTree(_proxy.Prepare(structure), _options, _proxy.Recorded);
        var spend = new SpendBound(_proxy.Prepare(structure), tree.Levels, _proxy.Schedule, _proxy.Recorded);
        return Visit(new Branch(structure, tree, spend, new int[tree.Levels.Count]), tree.Levels.Count - 1, spend.Root);
    }

    private bool Visit(Branch branch, int level, CallValues least)
    {
        _cancellationToken.ThrowIfCancellationRequested();
        if (level < 0)
        {
            _search.Offer(new Candidate(branch.Structure, SettingsOf(branch)));
            _work += _proxy.WorkOf(branch.Structure);
            return true;
        }

        for (var setting = 0; setting < branch.Tree.Levels[level].Settings.Length; setting++)
        {
            _work += branch.Tree.WorkOf(level);
            if (_work > _maxWork)
            {
                return false;
            }

            branch.Tree.Choose(level, setting);
            var accuracy = branch.Tree.Bound(level);
            if (_search.Covers(least with { Accuracy = accuracy }, _loss))
            {
                continue;
            }

            var spends = branch.Spend.Choose(level, setting) with { Accuracy = accuracy };
            _work += branch.Spend.WorkOf(level);
            branch.Chosen[level] = setting;
            if (!_search.Covers(spends, _loss) && !Visit(branch, level - 1, spends))
            {
                return false;
            }
        }

        branch.Spend.Leave(level);
        return true;
    }

    private CallSettings?[] SettingsOf(Branch branch)
    {
        var settings = new CallSettings?[_profile.Graph.Nodes.Count];
        for (var level = 0; level < branch.Chosen.Length; level++)
        {
            if (branch.Tree.Levels[level] is { Node: >= 0 and var node } one)
            {
                settings[node] = one.Settings[branch.Chosen[level]];
            }
        }

        return settings;
    }

    private sealed record Branch(WorkflowStructure Structure, ChoiceTree Tree, SpendBound Spend, int[] Chosen);
}
