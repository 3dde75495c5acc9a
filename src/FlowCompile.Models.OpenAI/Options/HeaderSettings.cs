using System.Text.Json;
using System.Text.RegularExpressions;

namespace FlowCompile.Models.OpenAI;

/// <summary>
/// Reads the headers of a model from <c>flowcompile.json</c>: <c>"headers": { "X-Team": "search", "X-Token": "${GATEWAY_TOKEN}" }</c>. A secret comes
/// from the environment, or from the user's secrets; one that is written there is refused.
/// </summary>
internal static partial class HeaderSettings
{
    /// <param name="model">The model's name, for messages.</param>
    /// <param name="json">The object of headers.</param>
    /// <param name="userSecretsId">The project's <c>UserSecretsId</c>; <see langword="null"/> where secrets are not used.</param>
    /// <exception cref="ArgumentException">A variable is not there, or a value looks like a secret.</exception>
    public static IReadOnlyList<ModelHeader> Read(string model, string json, string? userSecretsId)
    {
        using var document = JsonDocument.Parse(json);
        return [.. document.RootElement.EnumerateObject().Select(header => Header(model, header.Name, header.Value.GetString()!, userSecretsId))];
    }

    private static ModelHeader Header(string model, string name, string written, string? userSecretsId)
    {
        var literal = Variable().Replace(written, "");
        if (literal.Contains("${", StringComparison.Ordinal))
        {
            throw new ArgumentException($"the header '{name}' of the model '{model}' has '${{' without the name of a variable; write ${{NAME}}");
        }

        if (SecretText.IsLikely(name, literal, isAlone: literal.Length == written.Length))
        {
            throw new ArgumentException(
                $"the header '{name}' of the model '{model}' seems to hold a secret; keep it in an environment variable and write \"{name}\": \"${{{SecretText.VariableFor(name)}}}\"");
        }

        var value = Variable().Replace(written, match => KeyLookup.Find($"the header '{name}' of the model '{model}'", match.Groups[1].Value, userSecretsId));
        return new ModelHeader(name, value, isSecret: literal.Length < written.Length);
    }

    [GeneratedRegex(@"\$\{([A-Za-z_][A-Za-z0-9_]*)\}", RegexOptions.CultureInvariant)]
    private static partial Regex Variable();
}
