using CsCheck;

namespace FlowCompile.Testing;

/// <summary>
/// Checks what should hold of all inputs of a kind. The inputs are random and the same in every run, so that a failure is one of the change that shows it; from one that fails on,
/// smaller ones are tried, and the smallest that fails is reported.
/// </summary>
public static class PropertyCheck
{
    private const ulong Seed = 20260101;
    private const int SecondsForSmaller = 20;

    /// <summary>Checks a property.</summary>
    /// <param name="inputs">The kind of inputs.</param>
    /// <param name="count">How many are tried.</param>
    /// <param name="property">What should hold: it throws where it does not.</param>
    /// <exception cref="CsCheckException">It does not hold; the message has the smallest input and why.</exception>
    public static void Holds<T>(Gen<T> inputs, int count, Action<T> property)
    {
        for (var i = 0u; i < count; i++)
        {
            var seed = new PCG(i, Seed).ToString();
            try
            {
                inputs.Sample(property, seed: seed, iter: 1, threads: 1);
            }
            catch (CsCheckException)
            {
                inputs.Sample(property, seed: seed, time: SecondsForSmaller, threads: 1);
                throw;
            }
        }
    }

    /// <summary>Checks a property that takes time.</summary>
    /// <param name="inputs">The kind of inputs.</param>
    /// <param name="count">How many are tried.</param>
    /// <param name="property">What should hold: it throws where it does not.</param>
    /// <exception cref="CsCheckException">It does not hold; the message has the smallest input and why.</exception>
    public static void Holds<T>(Gen<T> inputs, int count, Func<T, Task> property) => Holds(inputs, count, input => property(input).GetAwaiter().GetResult());
}
