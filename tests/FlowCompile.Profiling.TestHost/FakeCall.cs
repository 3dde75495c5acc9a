using System.Security.Cryptography;
using System.Text;

namespace FlowCompile.Profiling.TestHost;

/// <summary>What a fake model is asked.</summary>
/// <param name="Model">The model.</param>
/// <param name="Prompt">The prompt.</param>
/// <param name="Budget">The reasoning budget.</param>
/// <param name="Seed">The seed, if one is set.</param>
/// <param name="Temperature">The sampling temperature, if one is set.</param>
public sealed record FakeCall(string Model, string Prompt, int Budget, long? Seed, float? Temperature)
{
    /// <summary>A number from 0 to 1 that depends on the call and on nothing else; on the seed only where the call is sampled.</summary>
    public double Chance => Convert.ToUInt32(
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(FormattableString.Invariant($"{Model}|{Prompt}|{Budget}|{(Temperature == 0 ? null : Seed)}"))))[..8],
        16) / (double)uint.MaxValue;

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{Model}@{Budget} #{Seed} {Prompt}");
}
