using System.Runtime.CompilerServices;

namespace FlowCompile;

/// <summary>What the settings of a runtime may be, whether they are given to it or come as options. The message names the setting.</summary>
internal static class RuntimeRange
{
    /// <exception cref="ArgumentOutOfRangeException">It is less.</exception>
    public static int AtLeast(int least, int value, [CallerMemberName] string name = "") =>
        value >= least ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} is {least} or more.");

    /// <exception cref="ArgumentOutOfRangeException">It is negative.</exception>
    public static TimeSpan NotNegative(TimeSpan value, [CallerMemberName] string name = "") =>
        value >= TimeSpan.Zero ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} is zero or longer.");

    /// <exception cref="ArgumentOutOfRangeException">It is zero or negative.</exception>
    public static TimeSpan AboveZero(TimeSpan value, [CallerMemberName] string name = "") =>
        value > TimeSpan.Zero ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} is longer than zero.");

    /// <exception cref="ArgumentNullException">It is not there.</exception>
    public static T NotNull<T>(T? value, [CallerMemberName] string name = "")
        where T : class => value ?? throw new ArgumentNullException(name);
}
