using System.Globalization;

namespace FlowCompile.Tool.Hosting;

/// <summary>The version of a package or of a framework, in the order of semantic versions: a preview comes before its release.</summary>
internal readonly record struct PackageVersion(Version Release, string Preview) : IComparable<PackageVersion>
{
    /// <summary>Reads a version; what is none counts as the lowest.</summary>
    public static PackageVersion Parse(string text)
    {
        var plain = text.Split('+')[0];
        var dash = plain.IndexOf('-', StringComparison.Ordinal);
        var release = dash < 0 ? plain : plain[..dash];
        return new PackageVersion(
            Version.TryParse(release.Contains('.', StringComparison.Ordinal) ? release : release + ".0", out var version) ? Padded(version) : new Version(0, 0, 0, 0),
            dash < 0 ? "" : plain[(dash + 1)..]);
    }

    public int CompareTo(PackageVersion other)
    {
        var byRelease = Release.CompareTo(other.Release);
        return byRelease != 0 ? byRelease
            : Preview.Length == 0 || other.Preview.Length == 0 ? other.Preview.Length.CompareTo(Preview.Length)
            : ComparePreviews(Preview.Split('.'), other.Preview.Split('.'));
    }

    private static int ComparePreviews(string[] one, string[] other)
    {
        for (var i = 0; i < Math.Min(one.Length, other.Length); i++)
        {
            var isNumber = int.TryParse(one[i], NumberStyles.None, CultureInfo.InvariantCulture, out var number);
            var isOtherNumber = int.TryParse(other[i], NumberStyles.None, CultureInfo.InvariantCulture, out var otherNumber);
            var order = isNumber && isOtherNumber ? number.CompareTo(otherNumber)
                : isNumber != isOtherNumber ? (isNumber ? -1 : 1)
                : string.Compare(one[i], other[i], StringComparison.OrdinalIgnoreCase);
            if (order != 0)
            {
                return order;
            }
        }

        return one.Length.CompareTo(other.Length);
    }

    private static Version Padded(Version version) => new(version.Major, version.Minor, Math.Max(0, version.Build), Math.Max(0, version.Revision));
}
