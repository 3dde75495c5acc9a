using System.Text.Json.Nodes;

namespace FlowCompile.Models.OpenAI;

/// <summary>Gives a request the form that the model's server takes: fields under their names there or left out, and what the settings add to it.</summary>
internal sealed class RequestShape(OpenAIModelOptions model)
{
    private readonly JsonObject? _body = model.Body is { } body ? BodyField.Copy(body) : null;
    private readonly (int Most, JsonObject Body)[] _byBudget = [.. model.BodyByBudget.OrderBy(pair => pair.Key).Select(pair => (pair.Key, BodyField.Copy(pair.Value)))];

    /// <summary>The request as it is sent.</summary>
    /// <param name="body">The request with the names of the protocol, its reasoning budget included. It is left as it is.</param>
    /// <param name="budget">The budget; <see langword="null"/> for none.</param>
    public JsonObject Of(JsonObject body, int? budget)
    {
        var sent = new JsonObject();
        foreach (var (field, value) in body)
        {
            // What says how to stream is refused where nothing is streamed.
            if (model.NameOf(field) is { } name && !(field == "stream_options" && model.NameOf("stream") is null))
            {
                BodyField.Set(sent, name, value?.DeepClone());
            }
        }

        BodyField.Merge(sent, _body);
        if (budget is { } tokens)
        {
            BodyField.Merge(sent, Array.Find(_byBudget, one => tokens <= one.Most).Body);
        }

        return sent;
    }
}
