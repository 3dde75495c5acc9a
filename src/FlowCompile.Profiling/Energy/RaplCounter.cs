using System.Globalization;

namespace FlowCompile.Profiling;

/// <summary>
/// A power domain of the processors or their memory, as Linux shows it under <c>/sys/class/powercap</c> (RAPL, of Intel and AMD). It
/// counts microjoules, and begins anew at its range: 262 kJ on many processors of Intel, 66 kJ on those of AMD, which a large one takes in four minutes. Readings
/// have to be closer than that.
/// </summary>
internal sealed class RaplCounter : IEnergyCounter
{
    /// <summary>Where Linux shows them.</summary>
    public const string Root = "/sys/class/powercap";

    private readonly string _file;
    private readonly ulong _range;
    private ulong _last;
    private ulong _total;

    private RaplCounter(string name, string file, ulong range, ulong now) => (Name, _file, _range, _last) = (name, file, range, now);

    public string Name { get; }

    public bool IsOfGpu => false;

    /// <summary>The domains that together count everything once: the packages, and the memory beside them.</summary>
    /// <param name="root">The folder of the domains.</param>
    /// <returns>The domains; none where there are none or this user may not read one of them, since a part would pass for the whole.</returns>
    public static IReadOnlyList<RaplCounter> Find(string root)
    {
        try
        {
            // 'intel-rapl:0' is a package; 'intel-rapl:0:0' is a part of it (cores, graphics), or the memory, which is not part of it. The domain
            // 'psys' has all of that once more.
            var counters = Directory.Exists(root)
                ? Directory.EnumerateDirectories(root, "intel-rapl:*").Order(StringComparer.Ordinal)
                    .Select(folder => (Folder: folder, Name: File.ReadAllText(Path.Combine(folder, "name")).Trim()))
                    .Where(domain => domain.Name.StartsWith("package", StringComparison.Ordinal) || domain.Name == "dram")
                    .Select(domain => TryOpen(domain.Folder, domain.Name)).ToList()
                : [];
            return counters.Contains(null) ? [] : [.. counters.OfType<RaplCounter>()];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    public double? Read()
    {
        if (ReadNumber(_file) is not { } now)
        {
            return null;
        }

        // A counter below where it was has passed its range; where it was beyond that, nothing but its new start is known.
        _total += now >= _last ? now - _last : now + (_range > _last ? _range - _last : 0);
        _last = now;
        return _total / 1e6;
    }

    private static RaplCounter? TryOpen(string folder, string name)
    {
        var file = Path.Combine(folder, "energy_uj");
        return ReadNumber(file) is { } now && ReadNumber(Path.Combine(folder, "max_energy_range_uj")) is { } range ? new RaplCounter(name, file, range, now) : null;
    }

    private static ulong? ReadNumber(string file)
    {
        try
        {
            return ulong.TryParse(File.ReadAllText(file).AsSpan().Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
