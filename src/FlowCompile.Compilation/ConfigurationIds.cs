using System.Globalization;

namespace FlowCompile.Compilation;

/// <summary>The ids of a plan's configurations: <c>c01</c> is the fastest, with as many digits as the last one needs.</summary>
internal static class ConfigurationIds
{
    public static string Of(int index, int count)
    {
        var digits = Math.Max(2, count.ToString(CultureInfo.InvariantCulture).Length);
        return "c" + (index + 1).ToString("D" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
    }
}
