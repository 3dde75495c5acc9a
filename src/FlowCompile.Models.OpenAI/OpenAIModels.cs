using System.Globalization;
using FlowCompile.Settings;
using Microsoft.Extensions.Logging;

namespace FlowCompile.Models.OpenAI;

/// <summary>Opens the models of OpenAI-compatible servers that <c>flowcompile.json</c> names. Models at one endpoint share its limit on concurrent calls.</summary>
/// <param name="logger">Gets the clients' warnings and retries. Default: none.</param>
/// <param name="timeProvider">The clients' clock. Default: the system's.</param>
public sealed class OpenAIModels(ILogger? logger = null, TimeProvider? timeProvider = null)
{
    /// <summary>The provider's name: the key under which <c>flowcompile.json</c> has the endpoint.</summary>
    public const string Provider = "openai";

    private readonly Dictionary<string, CallLimit> _limits = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Opens a model. Nothing is sent before its first call.</summary>
    /// <param name="model">The model's settings: the endpoint as source, and the options of docs/settings.md.</param>
    /// <exception cref="SettingsException">The settings say something that cannot be, or the key is not where they say; the message never holds it.</exception>
    public OpenAIChatClient Open(ModelSettings model)
    {
        ArgumentNullException.ThrowIfNull(model);
        try
        {
            var options = Read(model);
            OptionsCheck.Check(options);
            return new OpenAIChatClient(options, logger, timeProvider, LimitOf(options.Endpoint));
        }
        catch (ArgumentException e)
        {
            throw new SettingsException(model.File, model.Line == 0 ? null : model.Line, Sentence(e));
        }
    }

    private static OpenAIModelOptions Read(ModelSettings model)
    {
        var defaults = new OpenAIModelOptions { Endpoint = new Uri("http://localhost"), ModelId = model.Name };
        var options = model.Options;
        return new OpenAIModelOptions
        {
            Endpoint = Uri.TryCreate(model.Source, UriKind.Absolute, out var endpoint)
                ? endpoint
                : throw new ArgumentException($"the endpoint of the model '{model.Name}' is no address{Quoted(model.Source)}; write one such as http://localhost:8000/v1"),
            ModelId = options.GetValueOrDefault("model", model.Name),
            Name = model.Name,
            ApiKey = options.TryGetValue("keyVariable", out var variable) ? KeyLookup.Find($"the key of the model '{model.Name}'", variable, options.GetValueOrDefault("userSecretsId")) : null,
            KeyHeader = options.GetValueOrDefault("keyHeader"),
            Reasoning = options.TryGetValue("reasoning", out var means) ? Enum.Parse<ReasoningMeans>(means, ignoreCase: true) : defaults.Reasoning,
            ReasoningField = options.GetValueOrDefault("reasoningField"),
            Efforts = options.TryGetValue("efforts", out var efforts) ? Levels(model.Name, efforts) : defaults.Efforts,
            ThinkStart = options.GetValueOrDefault("thinkStart", defaults.ThinkStart),
            ThinkEnd = options.GetValueOrDefault("thinkEnd", defaults.ThinkEnd),
            MaxTokensField = options.GetValueOrDefault("maxTokensField", defaults.MaxTokensField),
            Fields = options.TryGetValue("fields", out var fields) ? RequestSettings.Fields(fields) : defaults.Fields,
            Body = options.TryGetValue("body", out var body) ? RequestSettings.Body(body) : null,
            BodyByBudget = options.TryGetValue("bodyByBudget", out var bodies) ? RequestSettings.BodyByBudget(bodies) : defaults.BodyByBudget,
            Headers = options.TryGetValue("headers", out var headers) ? HeaderSettings.Read(model.Name, headers, options.GetValueOrDefault("userSecretsId")) : defaults.Headers,
            ContextLength = Number("contextLength"),
            Concurrency = Number("concurrency"),
            Timeout = Number("timeoutSeconds") is { } seconds ? TimeSpan.FromSeconds(seconds) : defaults.Timeout,
            Retries = Number("retries") ?? defaults.Retries,
        };

        int? Number(string key) => options.TryGetValue(key, out var text) ? int.Parse(text, NumberStyles.Integer, CultureInfo.InvariantCulture) : null;
    }

    // What may hold a password or a key is not quoted.
    private static string Quoted(string source) => source.AsSpan().ContainsAny('@', '?') ? "" : $": '{source}'";

    private static IReadOnlyList<ReasoningLevel> Levels(string model, string text)
    {
        try
        {
            return ReasoningLevel.ParseList(text);
        }
        catch (FormatException e)
        {
            throw new ArgumentException($"'efforts' of the model '{model}': {e.Message}", e);
        }
    }

    private CallLimit LimitOf(Uri endpoint)
    {
        lock (_limits)
        {
            var server = endpoint.GetLeftPart(UriPartial.Authority);
            return _limits.TryGetValue(server, out var limit) ? limit : _limits[server] = new CallLimit();
        }
    }

    private static string Sentence(ArgumentException exception)
    {
        // The framework appends the parameter's name, which means nothing to the reader of a file.
        var message = exception.Message;
        var end = message.IndexOf(" (Parameter", StringComparison.Ordinal);
        return (end < 0 ? message : message[..end]).TrimEnd('.');
    }
}
