using System.Globalization;
using FlowCompile.Graph;

namespace FlowCompile.Profiling;

/// <summary>
/// Lists the cells of a profile. Cases come outermost, so that a profile that was stopped has all settings of the first cases rather
/// than all cases of the first settings: it compares them already.
/// </summary>
internal sealed class CellPlanner(ProfileContext context)
{
    private readonly WorkflowGraph _graph = context.Descriptor.Graph;

    /// <summary>Plans the cells of cases.</summary>
    /// <param name="cases">The cases.</param>
    /// <param name="references">The reference runs; those that failed have no outputs in the store.</param>
    public IReadOnlyList<PlannedCell> Plan(IReadOnlyList<WorkflowCase> cases, IReadOnlyList<ReferenceRequest> references)
    {
        var cells = new List<PlannedCell>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var byCase = references.ToLookup(reference => reference.Case);
        foreach (var one in cases)
        {
            var runs = byCase[one]
                .Select(reference => (reference.Variant, Outputs: context.Store.References.Read(reference.Key)))
                .Where(run => run.Outputs.Count > 0)
                .Select(run => (run.Variant, run.Outputs, Rightness: new InputRightness(_graph, context.Largest, run.Outputs)))
                .ToList();
            foreach (var node in context.SubAgents)
            {
                foreach (var (variant, outputs, rightness) in runs)
                {
                    // A node that did not run in a reference run (a branch not taken, nothing to repair) has no inputs from it.
                    if (outputs.Find(output => output.Node == _graph.Nodes[node].Name && output is { Replica: 0, Attempt: 0 }) is { } induced)
                    {
                        // Inputs that both runs agree on are one cell, not two.
                        cells.AddRange(Cells(one, node, variant, induced.Inputs, rightness.Judge(node)).Where(cell => seen.Add(Identity(cell))));
                    }
                }
            }
        }

        return cells;
    }

    private static string Identity(PlannedCell planned) => planned.Cell.Key + planned.Cell.Setting + planned.Cell.CaseId;

    private IEnumerable<PlannedCell> Cells(
        WorkflowCase one, int node, InputVariant variant, StoredInputs inputs, (bool AllRight, int RightCandidates, int Candidates) judged)
    {
        var name = _graph.Nodes[node].Name;
        var isGreedy = _graph.Nodes[node].Temperature == 0;
        foreach (var setting in context.Space.Of(node))
        {
            // Replicas of a greedy sub-agent are all the same.
            for (var repetition = 0; repetition < (isGreedy ? 1 : _graph.Nodes[node].MaxReplicas); repetition++)
            {
                // The setting has no part in the seed: the same draw under each budget makes a call with a small budget the start of
                // one with a large budget.
                int? seed = isGreedy ? null : ContentHash.Seed("cell", context.SeedText, name, one.Hash, Text(repetition));
                var identity = context.Identities[setting.Model].Identity;
                var cell = new ProfileCell
                {
                    Key = ContentHash.Of(
                        "cell-1", name, context.CodeHashes[node], inputs.Hash, identity, Text(setting.Budget),
                        _graph.Nodes[node].Temperature?.ToString("R", CultureInfo.InvariantCulture) ?? "-",
                        one.Hash, seed is { } value ? Text(value) : "-", Text(repetition)),
                    Node = name,
                    Setting = setting,
                    CaseId = one.Id,
                    CaseHash = one.Hash,
                    Variant = variant,
                    Repetition = repetition,
                    InputsRight = judged.AllRight,
                    RightCandidates = judged.RightCandidates,
                    Candidates = judged.Candidates,
                };
                yield return new PlannedCell(cell, node, one, inputs, identity, seed);
            }
        }
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
