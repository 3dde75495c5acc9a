using System.Text.Json;

namespace FlowCompile.Compilation;

/// <summary>Finds the branch that a recorded output leads to.</summary>
internal static class BranchValueMatch
{
    /// <summary>Finds the branch of an output.</summary>
    /// <param name="branches">The values that branches name, as C# constants; <see cref="BranchProbabilities.Other"/> stands for the rest.</param>
    /// <param name="output">The output as JSON.</param>
    /// <returns>The place of its value, or that of the rest; -1 where there is neither.</returns>
    public static int Of(IReadOnlyList<(string Value, double Probability)> branches, string output)
    {
        var (text, isText) = Read(output);
        for (var i = 0; i < branches.Count; i++)
        {
            if (branches[i].Value != BranchProbabilities.Other && IsSame(branches[i].Value, text, isText))
            {
                return i;
            }
        }

        return branches.Select(branch => branch.Value).ToList().IndexOf(BranchProbabilities.Other);
    }

    private static (string Text, bool IsText) Read(string json)
    {
        try
        {
            var element = JsonElement.Parse(json);
            return element.ValueKind == JsonValueKind.String ? (element.GetString()!, true) : (element.GetRawText(), false);
        }
        catch (JsonException)
        {
            return (json, false);
        }
    }

    private static bool IsSame(string constant, string text, bool isText) => constant[0] switch
    {
        '"' => isText && Read(constant) is (var literal, true) && literal == text,
        '\'' => isText && constant.Trim('\'') == text,
        // An enum's constant has its type before it.
        _ => constant == text || (isText && constant[(constant.LastIndexOf('.') + 1)..] == text),
    };
}
