using System.Text.Json.Nodes;

namespace FlowCompile.Models.OpenAI;

/// <summary>Sets fields of a request.</summary>
internal static class BodyField
{
    /// <summary>Sets a field by its path.</summary>
    /// <param name="body">The request.</param>
    /// <param name="path">The field; dots lead into objects, which are made where they are not there.</param>
    /// <param name="value">Its value.</param>
    public static void Set(JsonObject body, string path, JsonNode? value)
    {
        var names = path.Split('.');
        foreach (var name in names[..^1])
        {
            if (body[name] is not JsonObject inner)
            {
                body[name] = inner = [];
            }

            body = inner;
        }

        body[names[^1]] = value;
    }

    /// <summary>Merges an object into another: objects member by member, everything else takes the place of what is there, and null removes.</summary>
    /// <param name="body">The object that is changed.</param>
    /// <param name="addition">What is merged into it; <see langword="null"/> for nothing. It is left as it is.</param>
    public static void Merge(JsonObject body, JsonObject? addition)
    {
        foreach (var (name, value) in addition ?? [])
        {
            if (value is null)
            {
                body.Remove(name);
            }
            else if (value is JsonObject members)
            {
                if (body[name] is not JsonObject inner)
                {
                    body[name] = inner = [];
                }

                Merge(inner, members);
            }
            else
            {
                body[name] = value.DeepClone();
            }
        }
    }

    /// <summary>A copy that several threads may read at once: an object that was parsed makes its members when they are first asked for.</summary>
    public static JsonObject Copy(JsonObject body)
    {
        var copy = (JsonObject)body.DeepClone();
        MakeMembers(copy);
        return copy;
    }

    private static void MakeMembers(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject members:
                foreach (var (_, value) in members)
                {
                    MakeMembers(value);
                }

                break;
            case JsonArray items:
                foreach (var item in items)
                {
                    MakeMembers(item);
                }

                break;
        }
    }

    /// <summary>Whether a path can name a field: parts that are not empty, with dots between them.</summary>
    public static bool IsPath(string path) => path.Split('.').All(name => name.Length > 0 && !name.Any(char.IsWhiteSpace) && !name.Any(char.IsControl));
}
