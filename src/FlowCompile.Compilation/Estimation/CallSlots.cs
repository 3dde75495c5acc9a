using FlowCompile.Profiling;

namespace FlowCompile.Compilation;

/// <summary>How many calls run at once in each place where models run: what the branches of a workflow share.</summary>
public sealed class CallSlots
{
    private readonly Dictionary<string, int> _placeOf;
    private readonly ModelCapacity[] _places;

    /// <summary>Takes the capacities of models.</summary>
    /// <param name="capacities">The capacity of each model by its name; models without one have no limit. Of several that a place is said to have, the smallest counts.</param>
    public CallSlots(IReadOnlyDictionary<string, ModelCapacity> capacities)
    {
        ArgumentNullException.ThrowIfNull(capacities);
        _places = [.. capacities.Values.GroupBy(capacity => capacity.Place, StringComparer.Ordinal)
            .Select(group => new ModelCapacity(group.Key, Math.Max(1, group.Min(capacity => capacity.Calls))))
            .OrderBy(place => place.Place, StringComparer.Ordinal)];
        _placeOf = capacities.ToDictionary(
            pair => pair.Key, pair => Array.FindIndex(_places, place => place.Place == pair.Value.Place), StringComparer.Ordinal);
    }

    /// <summary>No limits: every call has the model for itself.</summary>
    public static CallSlots Unlimited { get; } = new(new Dictionary<string, ModelCapacity>());

    /// <summary>The places that limit their calls.</summary>
    public IReadOnlyList<ModelCapacity> Places => _places;

    /// <summary>Takes what the models of a profile said.</summary>
    /// <param name="manifest">What the profile was made with.</param>
    public static CallSlots Of(ProfileManifest manifest)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        return new CallSlots(manifest.Models.Where(model => model.Capacity is not null).ToDictionary(model => model.Name, model => model.Capacity!, StringComparer.Ordinal));
    }

    /// <summary>The place of a model in <see cref="Places"/>; -1 where it has no limit.</summary>
    internal int PlaceOf(string model) => _placeOf.GetValueOrDefault(model, -1);
}
