using System.Text.Json;

namespace FlowCompile.Models.Onnx;

/// <summary>Reads the post-processor of tokenizer.json: the tokens that a text begins and ends with.</summary>
internal static class EndsReader
{
    private const string Supported = "TemplateProcessing, BertProcessing, RobertaProcessing, ByteLevel, Sequence";

    /// <summary>Reads a post-processor.</summary>
    /// <exception cref="ModelLoadException">It is malformed or not supported.</exception>
    public static (int[] Before, int[] After) Read(JsonPart? part)
    {
        if (part is not { } processor)
        {
            return ([], []);
        }

        switch (processor.Type)
        {
            case "ByteLevel":
                // It is about where tokens are in the text.
                processor.Only("add_prefix_space", "trim_offsets", "use_regex");
                return ([], []);
            case "BertProcessing":
            case "RobertaProcessing":
                processor.Only("sep", "cls", "trim_offsets", "add_prefix_space");
                return ([Named(processor, "cls")], [Named(processor, "sep")]);
            case "TemplateProcessing":
                processor.Only("single", "pair", "special_tokens");
                return Template(processor);
            case "Sequence":
                processor.Only("processors");
                var all = processor.List("processors").ConvertAll(step => Read(step));
                return ([.. Enumerable.Reverse(all).SelectMany(ends => ends.Before)], [.. all.SelectMany(ends => ends.After)]);
            default:
                throw processor.UnknownType(Supported);
        }
    }

    private static (int[] Before, int[] After) Template(JsonPart part)
    {
        List<int> before = [], after = [];
        var texts = 0;
        foreach (var item in part.List("single"))
        {
            if (item.Optional("Sequence") is not null)
            {
                texts++;
                continue;
            }

            var name = (item.Optional("SpecialToken") ?? throw item.Error("is neither Sequence nor SpecialToken")).Text("id");
            var tokens = part.Optional("special_tokens")?.Optional(name) ?? throw part.Error($"does not say what '{OneLine.Of(name)}' is: restore the file from where the model came from");
            foreach (var id in tokens.Items("ids"))
            {
                (texts == 0 ? before : after).Add(id.ValueKind == JsonValueKind.Number && id.TryGetInt32(out var value) && value >= 0
                    ? value
                    : throw tokens.Error("has an id that is none: restore the file from where the model came from"));
            }
        }

        return texts == 1 ? ([.. before], [.. after]) : throw part.Error("has not one Sequence in \"single\": restore the file from where the model came from");
    }

    private static int Named(JsonPart part, string property) => part.Items(property).ToList() is [_, { ValueKind: JsonValueKind.Number } id] && id.TryGetInt32(out var value) && value >= 0
        ? value
        : throw part.Error($"has no {property} of a token and its id: restore the file from where the model came from");
}
