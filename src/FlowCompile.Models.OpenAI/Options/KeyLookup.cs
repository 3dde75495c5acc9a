using System.Text.Json;

namespace FlowCompile.Models.OpenAI;

/// <summary>Finds a key by its name: in the environment, else among the user's secrets (<c>dotnet user-secrets set NAME VALUE</c>).</summary>
internal static class KeyLookup
{
    /// <param name="what">What it is, for messages: <c>the key of the model 'large'</c>.</param>
    /// <param name="variable">The name of the environment variable or secret.</param>
    /// <param name="userSecretsId">The project's <c>UserSecretsId</c>; <see langword="null"/> where secrets are not used.</param>
    /// <exception cref="ArgumentException">There is none of that name.</exception>
    public static string Find(string what, string variable, string? userSecretsId)
    {
        if (Environment.GetEnvironmentVariable(variable) is { Length: > 0 } key)
        {
            return key.Trim();
        }

        if (userSecretsId is null)
        {
            throw new ArgumentException($"{what} is not there; set the environment variable {variable}");
        }

        return FromSecrets(userSecretsId, variable)?.Trim()
            ?? throw new ArgumentException($"{what} is not there; set the environment variable {variable}, or run: dotnet user-secrets set {variable} YOUR_KEY --id {userSecretsId}");
    }

    private static string? FromSecrets(string id, string variable)
    {
        if (id.AsSpan().IndexOfAny(Path.GetInvalidFileNameChars()) >= 0 || id is "." or "..")
        {
            throw new ArgumentException("'userSecretsId' is no id; write the UserSecretsId of the project file");
        }

        var file = Path.Combine(Folder(), id, "secrets.json");
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(file), new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty(variable, out var value) && value.ValueKind == JsonValueKind.String
                ? value.GetString()
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
        catch (JsonException)
        {
            // What is wrong with it may be said only without quoting it.
            throw new ArgumentException($"the user secrets '{id}' are not valid JSON");
        }
    }

    private static string Folder() => Environment.GetEnvironmentVariable("APPDATA") is { Length: > 0 } data
        ? Path.Combine(data, "Microsoft", "UserSecrets")
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".microsoft", "usersecrets");
}
