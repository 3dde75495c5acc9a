using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace FlowCompile.Models.OpenAI;

/// <summary>Finds the field of a request that a server refuses, and says which key of <c>flowcompile.json</c> leaves it out or changes it.</summary>
internal static partial class RefusedField
{
    /// <summary>What to do; <see langword="null"/> where the server names no field that was sent.</summary>
    /// <param name="model">The model.</param>
    /// <param name="sent">The request.</param>
    /// <param name="error">What the server says.</param>
    public static string? Advice(OpenAIModelOptions model, JsonObject sent, ErrorDetails error)
    {
        // A name in a field of its own is what the error is about; a message may mention others.
        var paths = Paths(sent, prefix: "").ToList();
        var refused = paths.Where(path => error.Fields.Any(field => Is(path, field))).ToList();
        if (refused.Count == 0 && RefusalWords().IsMatch(error.Text))
        {
            var text = Suggestion().Replace(error.Text, "");
            refused = [.. paths.Where(path => IsNamed(path, text))];
        }

        // Servers also call an effort by another name than they take it under, or name its value only.
        if (refused.Count == 0 && model.Reasoning == ReasoningMeans.Effort && RefusalWords().IsMatch(error.Text) && IsEffort(sent, model.ReasoningPath, error))
        {
            refused.Add(model.ReasoningPath);
        }

        // The innermost of those that lie in one another.
        refused.RemoveAll(path => refused.Exists(other => other.StartsWith(path + ".", StringComparison.Ordinal)));
        return refused.Count == 0 ? null : string.Join(' ', refused.Select(path => AdviceFor(model, path, error)).Distinct());
    }

    private static string AdviceFor(OpenAIModelOptions model, string path, ErrorDetails error)
    {
        var field = ChatRequest.Fields.FirstOrDefault(one => model.NameOf(one) is { } name && (path == name || path.StartsWith(name + ".", StringComparison.Ordinal)));
        if (IsIn(model.Body, path) || model.BodyByBudget.Values.Any(body => IsIn(body, path)))
        {
            return $"'{path}' comes from \"body\" or \"bodyByBudget\" of the model in flowcompile.json; change it there.";
        }

        var other = Suggestion().Match(error.Text) is { Success: true } match ? match.Groups[1].Value : null;
        if (field == ChatRequest.MaxTokens)
        {
            other ??= path == "max_completion_tokens" ? "max_tokens" : "max_completion_tokens";
            var rename = other is "max_tokens" or "max_completion_tokens" ? $"\"maxTokensField\": \"{other}\"" : $"\"fields\": {{ \"max_tokens\": \"{other}\" }}";
            return $"Add {rename} to the model in flowcompile.json, or leave it out with \"fields\": {{ \"max_tokens\": null }}.";
        }

        if (field is not null)
        {
            return $"Add \"fields\": {{ \"{field}\": null }} to the model in flowcompile.json to leave it out{(other is null ? "" : $", or \"{other}\" in place of null to rename it")}.";
        }

        return model.Reasoning switch
        {
            ReasoningMeans.Effort when Efforts(error.Text) is { } efforts && ValueWords().IsMatch(error.Text) =>
                $"Add \"efforts\": \"{efforts}\" to the model in flowcompile.json, with the budget that each stands for.",
            ReasoningMeans.Effort => "Name its own \"efforts\", or the field that it takes as \"reasoningField\", or other means as \"reasoning\" of the model in flowcompile.json.",
            ReasoningMeans.Limit => "Name the field that it takes as \"reasoningField\", or other means as \"reasoning\" of the model in flowcompile.json.",
            ReasoningMeans.Continue => "It cannot continue from a prefix: choose limit or effort as \"reasoning\" of the model in flowcompile.json.",
            _ => $"Add \"body\": {{ \"{path.Split('.')[0]}\": null }} to the model in flowcompile.json to leave it out.",
        };
    }

    private static IEnumerable<string> Paths(JsonObject owner, string prefix) => owner
        .Where(member => prefix.Length > 0 || member.Key is not ("messages" or "model"))
        .SelectMany(member => (string[])[prefix + member.Key, .. member.Value is JsonObject inner && member.Key != "response_format" ? Paths(inner, prefix + member.Key + ".") : []]);

    // Servers put the name of what they check before it, and places in it behind it.
    private static bool Is(string path, string field) => $".{field.Replace('[', '.')}.".Contains($".{path}.", StringComparison.Ordinal);

    private static bool IsIn(JsonObject? body, string path)
    {
        JsonNode? node = body;
        foreach (var name in path.Split('.'))
        {
            if (node is not JsonObject members || !members.TryGetPropertyValue(name, out node))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsEffort(JsonObject sent, string path, ErrorDetails error)
    {
        JsonNode? effort = sent;
        foreach (var name in path.Split('.'))
        {
            effort = (effort as JsonObject)?[name];
        }

        return effort is JsonValue && (error.Fields.Any(field => field.EndsWith("effort", StringComparison.OrdinalIgnoreCase))
            || Regex.IsMatch(error.Text, $@"['""`]{Regex.Escape((string)effort!)}['""`]", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1)));
    }

    // A name of one word occurs in ordinary sentences; it is the field where it is quoted or called one.
    private static bool IsNamed(string path, string text)
    {
        var name = path.Split('.')[^1];
        var word = Regex.Escape(name);
        return Regex.IsMatch(
            text,
            name.Contains('_', StringComparison.Ordinal)
                ? $@"(?<![\w.])(?:\w+\.)*{word}(?![\w])"
                : $@"['""`](?:\w+\.)*{word}['""`]|\b(?:supplied|parameters?|arguments?|fields?|keys?|inputs?|name|property|option)\b:?\s+(?:\w+\.)*{word}(?![\w])|(?<![\w.]){word}(?:[ ](?:(?:is|are|was) (?:not|un)|parameter|field|argument|option)|:\s)",
            RegexOptions.CultureInvariant | RegexOptions.IgnoreCase,
            TimeSpan.FromSeconds(1));
    }

    // The efforts that the message lists, with budgets as the client's own defaults have them.
    private static string? Efforts(string text)
    {
        var list = Supported().Match(text) is { Success: true } match ? match.Groups[1].Value : "";
        (string Name, string Budget)[] known = [("none", "=0"), ("minimal", "=512"), ("low", "=1024"), ("medium", "=8192"), ("high", "=32768"), ("xhigh", "=65536"), ("max", "")];
        List<(string Name, string Budget)> taken = [.. known.Where(one => Regex.IsMatch(list, $@"\b{one.Name}\b", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, TimeSpan.FromSeconds(1)))];
        return taken.Count == 0 ? null : string.Join(", ", taken.Select((one, i) => i == taken.Count - 1 ? one.Name : one.Name + one.Budget));
    }

    [GeneratedRegex(@"[Uu]se ['""`]?([A-Za-z_][\w.]{0,60}?)['""`]? instead")]
    private static partial Regex Suggestion();

    [GeneratedRegex(@"(?:supported (?:values|options|efforts)|allowed values|valid (?:values|options)|permitted values|must be one of|should be|expected one of|one of)\b([^\n]{0,200})", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Supported();

    [GeneratedRegex(@"unsupported|not (?:\w+ )?(?:supported|permitted|allowed|accepted|recognized|valid|available|compatible|implemented)|unrecognized|unknown|unexpected|extra (?:inputs|fields|keys)|invalid|illegal|does(?: not|n't) (?:support|accept|allow|take)|only supports?|cannot (?:be )?|can't be|deprecated|no longer|must (?:not )?be|should be|cannot find field|no such field|incompatible|disallow", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex RefusalWords();

    [GeneratedRegex(@"value|must be one of|should be|one of|does not support '", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ValueWords();
}
