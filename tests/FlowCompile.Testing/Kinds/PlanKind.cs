using System.Text.Json;
using System.Text.Json.Nodes;
using FlowCompile.Graph;
using FlowCompile.Plans;
using FlowCompile.Testing.Fuzzing;
using FlowCompile.Testing.Mutators;
using FlowCompile.Testing.Oracles;
using WordMath;

namespace FlowCompile.Testing.Kinds;

/// <summary>Plan files: docs/plan-format.md, docs/flowplan.schema.json.</summary>
public sealed class PlanKind : FuzzKind
{
    private static readonly WorkflowGraph s_graph = MathWorkflow.Graph;
    private static readonly Preference[] s_preferences =
    [
        Preference.Fastest, Preference.Balanced, Preference.MostAccurate, Preference.Cheapest, Preference.LeastEnergy, Preference.Weighted(0.9), Preference.Chebyshev(0.3), Preference.Within(TimeSpan.FromMilliseconds(5)), Preference.AtLeast(0.9),
    ];

    private readonly byte[][] _seeds;
    private readonly PlanOracle _oracle = new();
    private readonly PlanWatcher _watcher = new();
    private readonly string _path;

    /// <summary>Reads the seeds.</summary>
    public PlanKind()
    {
        var sample = Repository.Read("samples/WordMath/math.flowplan.json");
        _seeds = [sample, Few(sample), Full(sample), Repository.Read("tests/FlowCompile.Generators.Tests/Plans/code.flowplan.json")];
        _path = Path.Combine(Folder, "math.flowplan.json");
        _watcher.Watch(s_graph, new WorkflowPlanOptions { File = _path, CheckInterval = TimeSpan.FromDays(1) });
    }

    /// <inheritdoc/>
    public override string Name => "plans";

    /// <inheritdoc/>
    public override FuzzInput Mutate(Random random)
    {
        // The large one seldom: it says little more than the small ones.
        var seed = _seeds[random.Next(24) == 0 ? 0 : random.Next(1, _seeds.Length)];
        var bytes = random.Next(5) == 0 ? seed : JsonMutator.Mutate(seed, random);
        return new FuzzInput("math.flowplan.json", bytes == seed || random.Next(4) == 0 ? ByteMutator.Mutate(bytes, random, _seeds[1]) : bytes, seed);
    }

    /// <inheritdoc/>
    public override bool Read(FuzzInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        File.WriteAllBytes(_path, input.Bytes);
        _watcher.Check();
        var document = ReadDocument(input.Bytes);
        var plan = ReadPlan(input.Bytes);
        if (plan is null)
        {
            return document is not null;
        }

        if (document is null)
        {
            throw new FuzzFailureException("a plan is read with its graph and not without", "");
        }

        Choose(plan);
        WriteAgain(plan, input.Bytes);
        return true;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _watcher.Dispose();
        _oracle.Dispose();
        base.Dispose(disposing);
    }

    private PlanDocument? ReadDocument(byte[] bytes)
    {
        PlanDocument read;
        try
        {
            read = PlanFile.ReadDocument(_path);
        }
        catch (PlanException e)
        {
            Refused(e, bytes);
            return null;
        }

        using var json = StrictJson.Accepted(bytes);
        _oracle.Check(json.RootElement, read);
        foreach (var preference in s_preferences)
        {
            try
            {
                read.Select(preference);
            }
            catch (InfeasiblePreferenceException)
            {
            }
        }

        return read;
    }

    private WorkflowPlan? ReadPlan(byte[] bytes)
    {
        try
        {
            return PlanFile.Read(_path, s_graph);
        }
        catch (PlanException e)
        {
            Refused(e, bytes);
            return null;
        }
    }

    private void Refused(PlanException e, byte[] bytes)
    {
        Refusal.Check(e.Message, _path);
        using var json = StrictJson.TryRead(bytes);
        Refusal.CheckLine(e.Message, _path, bytes, required: json is null && bytes.Length > 0);
    }

    private static void Choose(WorkflowPlan plan)
    {
        foreach (var preference in s_preferences)
        {
            if (plan.TrySelect(preference, out var chosen) && !plan.Configurations.Contains(chosen))
            {
                throw new FuzzFailureException("chose what is not in the plan", chosen.Id);
            }
        }

        if (plan.Select(Preference.Fastest).Estimate!.LatencySeconds != plan.Configurations.Min(one => one.Estimate!.LatencySeconds))
        {
            throw new FuzzFailureException("the fastest is not chosen as fastest", "");
        }

        if (plan.Select(Preference.MostAccurate).Estimate!.Accuracy != plan.Configurations.Max(one => one.Estimate!.Accuracy))
        {
            throw new FuzzFailureException("the most accurate is not chosen as most accurate", "");
        }

        var space = new StructureSpace(s_graph);
        foreach (var configuration in plan.Configurations)
        {
            if (!ReferenceEquals(plan.Find(configuration.Id), configuration) || configuration.ToText(s_graph).Length == 0)
            {
                throw new FuzzFailureException("a configuration is not found by its id", configuration.Id);
            }

            if (space.TryResolve(configuration.Structure.Counts, out var reason) is not { } structure || !structure.Equals(configuration.Structure))
            {
                throw new FuzzFailureException("a configuration's structure does not resolve", reason ?? configuration.Id);
            }

            for (var node = 0; node < s_graph.Nodes.Count; node++)
            {
                if (configuration.Structure.IsActive(node) && s_graph.Nodes[node].Kind == NodeKind.SubAgent && configuration.Settings[node] is null)
                {
                    throw new FuzzFailureException("a sub-agent that runs has no setting", configuration.Id);
                }
            }
        }
    }

    private void WriteAgain(WorkflowPlan plan, byte[] bytes)
    {
        var path = Path.Combine(Folder, "again.flowplan.json");
        File.Delete(path);
        PlanFile.Write(path, plan, s_graph);
        using var before = StrictJson.Accepted(bytes);
        using var after = StrictJson.Accepted(File.ReadAllBytes(path));
        KeptJson.Check(before.RootElement, after.RootElement);
        _oracle.Check(after.RootElement, PlanFile.ReadDocument(path));
        if (PlanFile.Write(path, PlanFile.Read(path, s_graph), s_graph))
        {
            throw new FuzzFailureException("read and written twice it is another plan", "");
        }
    }

    // Three of the sample's configurations: the first, one in between, and the last, whose solver runs twice.
    private static byte[] Few(byte[] sample)
    {
        var plan = JsonNode.Parse(sample)!.AsObject();
        var all = plan["configurations"]!.AsArray();
        plan["configurations"] = new JsonArray(all[0]!.DeepClone(), all[all.Count / 2]!.DeepClone(), all[^1]!.DeepClone());
        return JsonSerializer.SerializeToUtf8Bytes(plan);
    }

    // Every member that a plan may have, and some that no version knows.
    private static byte[] Full(byte[] sample)
    {
        var plan = JsonNode.Parse(Few(sample))!.AsObject();
        plan["$schema"] = "flowplan.schema.json";
        plan["accuracyLoss"] = 0.001;
        plan["folded"] = 3;
        plan["foldedLoss"] = 0.002;
        plan["owner"] = new JsonObject { ["team"] = "a", ["since"] = 2.50 };
        var provenance = plan["provenance"]!.AsObject();
        provenance["untimedCalls"] = 12;
        provenance["site"] = "north";
        foreach (var (i, one) in plan["configurations"]!.AsArray().Index())
        {
            one!["name"] = $"name {i}";
            one["tags"] = new JsonArray("a", 1);
            var estimate = one["estimate"]!.AsObject();
            estimate["recordedAccuracy"] = 0.5;
            estimate["cost"] = 0.25 * (i + 1);
            estimate["costInterval"] = new JsonArray(0.2 * (i + 1), 0.3 * (i + 1));
            estimate["energyJoules"] = 3.5 + i;
            estimate["energyInterval"] = new JsonArray(3 + i, 4 + i);
            estimate["calls"] = 7;
        }

        return JsonSerializer.SerializeToUtf8Bytes(plan);
    }
}
