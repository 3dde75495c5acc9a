using System.Globalization;
using Microsoft.Extensions.AI;

namespace FlowCompile.Profiling;

/// <summary>Cells that one worker measures one after another: those that differ in their budget only, where one decode serves all budgets.</summary>
/// <param name="Key">What names the group to other processes.</param>
/// <param name="Cells">The cells, of one model; just one where nothing is shared.</param>
internal sealed record CellGroup(string Key, List<PlannedCell> Cells)
{
    /// <summary>Whether the first cell is measured, and if not what its call came to before, when the group was taken.</summary>
    public (bool IsThere, Outcome? Called) First { get; set; }

    /// <summary>Groups cells, in the order of each group's first.</summary>
    /// <param name="cells">The cells.</param>
    /// <param name="context">The profile.</param>
    public static IReadOnlyList<CellGroup> Of(IEnumerable<PlannedCell> cells, ProfileContext context) =>
        [.. cells.GroupBy(planned => KeyOf(planned, context), StringComparer.Ordinal).Select(group => new CellGroup(group.Key, [.. group]))];

    /// <summary>What decodes once for all the cells; <see langword="null"/> where each is a call of its own.</summary>
    /// <param name="context">The profile.</param>
    /// <param name="batch">What decodes in batches; <see langword="null"/> for calls that are timed.</param>
    public SharedDecode? Share(ProfileContext context, IChatClient? batch) => Cells.Count > 1
        ? new SharedDecode(batch?.GetService<IBudgetSweep>() ?? SweepOf(Cells[0], context)!, [.. Cells.Select(planned => planned.Cell.Setting.Budget)], context.Time)
        : null;

    private static string KeyOf(PlannedCell planned, ProfileContext context) => SweepOf(planned, context) is null
        ? planned.Cell.Key
        : ContentHash.Of(
            "group-1", planned.Cell.Node, context.CodeHashes[planned.Node], planned.Inputs.Hash, planned.Identity, planned.Cell.CaseHash,
            planned.Seed?.ToString(CultureInfo.InvariantCulture) ?? "-", planned.Cell.Repetition.ToString(CultureInfo.InvariantCulture));

    private static IBudgetSweep? SweepOf(PlannedCell planned, ProfileContext context) =>
        context.Options.ShareDecodes ? context.Models[planned.Cell.Setting.Model].GetService<IBudgetSweep>() : null;
}
