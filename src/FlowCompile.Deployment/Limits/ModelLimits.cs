using Google.OrTools.Sat;

namespace FlowCompile.Deployment;

/// <summary>
/// The part of a CP-SAT model that says which models are in use and what they must keep to: a boolean for each model, and for each
/// model that takes memory one for each GPU that it may be on.
/// </summary>
internal sealed class ModelLimits
{
    private readonly CpModel _model;
    private readonly DeploymentLimits _limits;
    private readonly Dictionary<string, BoolVar> _used = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Model, string Gpu), BoolVar> _placed = [];

    public ModelLimits(CpModel model, DeploymentLimits limits, IEnumerable<string> models)
    {
        (_model, _limits) = (model, limits);
        foreach (var name in models)
        {
            _used.Add(name, model.NewBoolVar($"use {name}"));
        }

        if (limits.MaxModels is { } most)
        {
            model.AddLinearConstraint(LinearExpr.Sum(_used.Values), 0, most);
        }

        if (limits.Gpus.Count > 0)
        {
            Place();
        }
    }

    /// <summary>The number of models in use, as a sum.</summary>
    public Sum Used => _used.Values.Aggregate(new Sum(), (sum, variable) => sum.Add(variable, 1));

    /// <summary>The number of models that may be in use.</summary>
    public int Count => _used.Count;

    /// <summary>Where a choice is made, its models are in use.</summary>
    public void Require(BoolVar choice, IEnumerable<string> models)
    {
        foreach (var model in models)
        {
            _model.AddImplication(choice, _used[model]);
        }
    }

    /// <summary>The GPU of each of some models in a solution.</summary>
    public Dictionary<string, string> Placement(IReadOnlyList<long> solution, IEnumerable<string> models) =>
        models.SelectMany(model => _limits.Gpus.Select(gpu => (Model: model, Gpu: gpu.Name)))
            .Where(pair => _placed.TryGetValue(pair, out var variable) && solution[variable.Index] == 1)
            .ToDictionary(pair => pair.Model, pair => pair.Gpu, StringComparer.Ordinal);

    private void Place()
    {
        var load = _limits.Gpus.ToDictionary(gpu => gpu.Name, _ => new Sum());
        foreach (var memory in _limits.Memory.Where(memory => _used.ContainsKey(memory.Model)))
        {
            var places = new Sum();
            foreach (var gpu in _limits.Gpus.Where(gpu => GpuPacking.Allows(memory, gpu)))
            {
                var variable = _model.NewBoolVar($"{memory.Model} on {gpu.Name}");
                _placed.Add((memory.Model, gpu.Name), variable);
                places.Add(variable, 1);
                load[gpu.Name].Add(variable, GpuPacking.Units(memory));
            }

            // On one GPU where it is in use, on none where it is not.
            places.Add(_used[memory.Model], -1);
            _model.AddLinearConstraint(places.Expression, 0, 0);
        }

        foreach (var gpu in _limits.Gpus)
        {
            _model.AddLinearConstraint(load[gpu.Name].Expression, 0, GpuPacking.Units(gpu));
        }
    }
}
