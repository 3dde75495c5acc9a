using System.Text.Json.Nodes;

namespace FlowCompile.Models.OpenAI;

/// <summary>Sets a field of a request by its path.</summary>
internal static class BodyField
{
    /// <param name="body">The request.</param>
    /// <param name="path">The field; dots lead into objects, which are made where they are not there.</param>
    /// <param name="value">Its value.</param>
    public static void Set(JsonObject body, string path, JsonNode value)
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
}
