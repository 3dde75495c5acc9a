using System.Security.Cryptography;
using System.Text;

namespace FlowCompile.Profiling;

/// <summary>SHA-256 over fields, such that no two lists of fields give one text.</summary>
internal static class ContentHash
{
    /// <summary>Hashes a list of fields.</summary>
    /// <param name="fields">The fields; the first names what is hashed, and the version of how.</param>
    /// <returns>64 hexadecimal digits.</returns>
    public static string Of(params ReadOnlySpan<string> fields)
    {
        var text = new StringBuilder();
        foreach (var field in fields)
        {
            // The length in front keeps ["ab", "c"] and ["a", "bc"] apart, whatever characters the fields hold.
            text.Append(field.Length).Append(':').Append(field);
        }

        return OfText(text.ToString());
    }

    /// <summary>Hashes a text.</summary>
    /// <param name="text">The text.</param>
    /// <returns>64 hexadecimal digits.</returns>
    public static string OfText(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    /// <summary>A seed that depends on all fields and on nothing else.</summary>
    /// <param name="fields">The fields.</param>
    /// <returns>A number from 0 to 2^31 - 1: every provider takes a seed of that size.</returns>
    public static int Seed(params ReadOnlySpan<string> fields) => Convert.ToInt32(Of(fields)[..8], 16) & int.MaxValue;
}
