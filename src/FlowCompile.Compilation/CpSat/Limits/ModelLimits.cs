namespace FlowCompile.Compilation.CpSat;

/// <summary>
/// The part of a CP-SAT model that says which models are in use and what they must keep to: a boolean for each model, and for each
/// model that takes memory one for each GPU that it may be on.
/// </summary>
internal sealed class ModelLimits
{
    private readonly CpModel _model;
    private readonly DeploymentLimits _limits;
    private readonly Dictionary<string, int> _used = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Model, string Gpu), int> _placed = [];

    public ModelLimits(CpModel model, DeploymentLimits limits, IEnumerable<string> models)
    {
        (_model, _limits) = (model, limits);
        foreach (var name in models)
        {
            _used.Add(name, model.Boolean($"use {name}"));
        }

        if (limits.MaxModels is { } most)
        {
            model.AtMost([.. Used], most);
        }

        if (limits.Gpus.Count > 0)
        {
            Place();
        }
    }

    /// <summary>The number of models in use, as a sum.</summary>
    public IEnumerable<(int Variable, long Coefficient)> Used => _used.Values.Select(variable => (variable, 1L));

    /// <summary>Where a choice is made, its models are in use.</summary>
    public void Require(int choice, IEnumerable<string> models)
    {
        foreach (var model in models)
        {
            _model.Implies(choice, _used[model]);
        }
    }

    /// <summary>The GPU of each of some models in a solution.</summary>
    public Dictionary<string, string> Placement(IReadOnlyList<long> solution, IEnumerable<string> models) =>
        models.SelectMany(model => _limits.Gpus.Select(gpu => (Model: model, Gpu: gpu.Name)))
            .Where(pair => _placed.TryGetValue(pair, out var variable) && solution[variable] == 1)
            .ToDictionary(pair => pair.Model, pair => pair.Gpu, StringComparer.Ordinal);

    private void Place()
    {
        var load = _limits.Gpus.ToDictionary(gpu => gpu.Name, _ => new List<(int, long)>());
        foreach (var memory in _limits.Memory.Where(memory => _used.ContainsKey(memory.Model)))
        {
            var places = new List<(int, long)>();
            foreach (var gpu in _limits.Gpus.Where(gpu => GpuPacking.Allows(memory, gpu)))
            {
                var variable = _model.Boolean($"{memory.Model} on {gpu.Name}");
                _placed.Add((memory.Model, gpu.Name), variable);
                places.Add((variable, 1));
                load[gpu.Name].Add((variable, GpuPacking.Units(memory)));
            }

            // On one GPU where it is in use, on none where it is not.
            places.Add((_used[memory.Model], -1));
            _model.Between(places, 0, 0);
        }

        foreach (var gpu in _limits.Gpus)
        {
            _model.AtMost(load[gpu.Name], GpuPacking.Units(gpu));
        }
    }
}
