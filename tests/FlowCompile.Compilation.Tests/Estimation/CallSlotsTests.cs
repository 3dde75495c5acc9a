using FlowCompile.Profiling;

namespace FlowCompile.Compilation.Tests;

public sealed class CallSlotsTests
{
    [Fact]
    public void Models_of_one_place_share_the_fewest_slots_that_any_of_them_names()
    {
        var slots = CallSlots.Of(Manifest(
            new ProfiledModel("a", "x:a", "cpu") { Capacity = new ModelCapacity("cpu", 4) },
            new ProfiledModel("b", "x:b", "cpu") { Capacity = new ModelCapacity("cpu", 2) },
            new ProfiledModel("c", "y:c", null) { Capacity = new ModelCapacity("http://host/v1", 8) },
            new ProfiledModel("d", "z:d", "cuda")));
        Assert.Equal([new ModelCapacity("cpu", 2), new ModelCapacity("http://host/v1", 8)], slots.Places);
        Assert.Equal([0, 0, 1, -1, -1], new[] { "a", "b", "c", "d", "other" }.Select(slots.PlaceOf));
    }

    [Fact]
    public void A_profile_that_says_nothing_of_slots_has_no_limits() => Assert.Empty(CallSlots.Of(Manifest(new ProfiledModel("a", "x:a", "cpu"))).Places);

    private static ProfileManifest Manifest(params ProfiledModel[] models) => new()
    {
        Workflow = "w",
        GraphHash = "",
        Cases = 1,
        CasesHash = "",
        Seed = 1,
        Reference = "a@0",
        WeakReference = "a@0",
        Models = models,
        Concurrency = 2,
        Machine = "",
    };
}
