using System.Globalization;
using FlowCompile.Graph;

namespace FlowCompile.Profiling;

/// <summary>Lists the cells of a profile.</summary>
internal sealed class CellPlanner(ProfileContext context)
{
    private readonly WorkflowGraph _graph = context.Descriptor.Graph;

    /// <summary>Plans the cells whose inputs the reference runs have shown.</summary>
    /// <param name="cases">The cases.</param>
    /// <param name="references">The reference runs; those that failed have no outputs in the store.</param>
    public ProfilePlan Plan(IReadOnlyList<WorkflowCase> cases, IReadOnlyList<ReferenceRequest> references)
    {
        var plan = new ProfilePlan(cases);
        plan.Add(Induced(cases, references));
        return plan;
    }

    /// <summary>Lists the cells whose inputs the reference runs of some cases have shown.</summary>
    /// <param name="cases">The cases.</param>
    /// <param name="references">Their reference runs; those that failed have no outputs in the store.</param>
    public IEnumerable<PlannedCell> Induced(IReadOnlyList<WorkflowCase> cases, IReadOnlyList<ReferenceRequest> references)
    {
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
                        foreach (var cell in Cells(one, variant, new ComposedInputs(node, induced.Inputs, rightness.Judge(node))))
                        {
                            yield return cell;
                        }
                    }
                }
            }
        }
    }

    /// <summary>Lists the cells whose inputs can be composed of outputs that are recorded now.</summary>
    /// <param name="cases">The cases.</param>
    /// <param name="plan">The cells planned so far.</param>
    /// <param name="composer">Composes inputs.</param>
    /// <param name="cancellationToken">Stops the tools that are run on the way.</param>
    /// <returns>The cells; some may be in the plan already.</returns>
    public async Task<IReadOnlyList<PlannedCell>> CompleteAsync(
        IReadOnlyList<WorkflowCase> cases, ProfilePlan plan, InputComposer composer, CancellationToken cancellationToken)
    {
        var cells = new List<PlannedCell>();
        foreach (var one in cases)
        {
            var recorded = await context.Store.TransactAsync(() => RecordedOn(one, plan)).ConfigureAwait(false);
            foreach (var node in context.SubAgents)
            {
                var known = plan.Of(one).Where(planned => planned.Node == node).Select(planned => planned.Cell)
                    .Select(cell => (cell.Variant, new JudgedInputs(cell.InputsRight, cell.RightCandidates, cell.Candidates))).Distinct().ToList();
                var composed = await composer.ComposeAsync(one, node, known, source => [.. recorded[source]], cancellationToken).ConfigureAwait(false);
                cells.AddRange(composed.SelectMany(inputs => Cells(one, InputVariant.Composed, inputs)));
            }
        }

        return cells;
    }

    /// <summary>The outputs that are recorded on a case now, by sub-agent.</summary>
    /// <param name="one">The case.</param>
    /// <param name="plan">The cells planned so far.</param>
    public ILookup<int, RecordedOutput> RecordedOn(WorkflowCase one, ProfilePlan plan) => plan.Of(one)
        .Select(planned => (planned.Node, Output: context.Store.Outcomes.FindOutput(planned.Cell)))
        .Where(pair => pair.Output is not null)
        .ToLookup(pair => pair.Node, pair => pair.Output!);

    /// <summary>
    /// How often a sub-agent is called on the same inputs. Repetitions of a greedy one would all be the same; one that leaves the
    /// temperature to its model is most likely greedy.
    /// </summary>
    /// <param name="node">The sub-agent's index.</param>
    public int Repetitions(int node) => _graph.Nodes[node].Temperature switch
    {
        0 => 1,
        null => _graph.Nodes[node].MaxReplicas,
        _ => Math.Max(_graph.Nodes[node].MaxReplicas, context.Options.Repetitions),
    };

    private IEnumerable<PlannedCell> Cells(WorkflowCase one, InputVariant variant, ComposedInputs induced)
    {
        var (node, inputs, judged) = induced;
        var name = _graph.Nodes[node].Name;
        var isGreedy = _graph.Nodes[node].Temperature == 0;
        foreach (var setting in context.Space.Of(node))
        {
            for (var repetition = 0; repetition < Repetitions(node); repetition++)
            {
                // The setting has no part in the seed: the same draw under each budget makes a call with a small budget the start of
                // one with a large budget.
                int? seed = isGreedy ? null : ContentHash.Seed("cell", context.SeedText, name, one.Hash, Text(repetition));
                var identity = context.Identities[setting.Model].Identity;
                var call = ContentHash.Of(
                    "cell-1", name, context.CodeHashes[node], inputs.Hash, identity, Text(setting.Budget),
                    _graph.Nodes[node].Temperature?.ToString("R", CultureInfo.InvariantCulture) ?? "-",
                    one.Hash, seed is { } value ? Text(value) : "-", Text(repetition));
                var cell = new ProfileCell
                {
                    Key = context.JudgeOf(node) is { } judge ? ContentHash.Of("judged-1", call, judge) : call,
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
                yield return new PlannedCell(cell, node, one, inputs, identity, seed) { CallKey = call };
            }
        }
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
