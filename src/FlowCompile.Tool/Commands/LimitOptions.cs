using System.CommandLine;
using System.Globalization;

namespace FlowCompile.Tool.Commands;

/// <summary>Options that take a number, refused with one line where it is none, too small or too large.</summary>
internal static class LimitOptions
{
    private static readonly Type[] s_whole = [typeof(int), typeof(int?), typeof(long), typeof(long?)];

    public static Option<T> Number<T>(string name, string description, string helpName, double least, string what, double most = double.MaxValue)
    {
        var isWhole = s_whole.Contains(typeof(T));
        var largest = typeof(T) == typeof(int) || typeof(T) == typeof(int?) ? Math.Min(most, int.MaxValue) : most;
        var option = new Option<T>(name) { Description = description, HelpName = helpName };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1
                && (!double.TryParse(result.Tokens[0].Value, isWhole ? NumberStyles.AllowLeadingSign : NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
                    || !(value >= least && value <= largest)))
            {
                result.AddError($"{name} needs {what}, not '{result.Tokens[0].Value}'.");
            }
        });
        return option;
    }
}
