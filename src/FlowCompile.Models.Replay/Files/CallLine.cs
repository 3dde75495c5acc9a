using System.Text.Json;
using System.Text.Json.Serialization;
using FlowCompile.Text;

namespace FlowCompile.Models.Replay;

/// <summary>A call as a line of a file. Times are milliseconds since the start of the call.</summary>
internal sealed record CallLine
{
    public string? Model { get; init; }

    public string? Prompt { get; init; }

    public int? Budget { get; init; }

    public long? Seed { get; init; }

    public string? Thinking { get; init; }

    public string? Answer { get; init; }

    public long? InputTokens { get; init; }

    public long? CachedInputTokens { get; init; }

    public long? OutputTokens { get; init; }

    public long? ThinkingTokens { get; init; }

    public double? TotalMs { get; init; }

    public double? FirstTokenMs { get; init; }

    public double[]? TokenMs { get; init; }

    public static CallLine Of(RecordedCall call) => new()
    {
        Model = call.Model,
        Prompt = call.Prompt,
        Budget = call.Budget,
        Seed = call.Seed,
        Thinking = call.Thinking,
        Answer = call.Answer,
        InputTokens = call.InputTokens,
        CachedInputTokens = call.CachedInputTokens,
        OutputTokens = call.OutputTokens,
        ThinkingTokens = call.ThinkingTokens,
        TotalMs = call.Timings?.Total.TotalMilliseconds,
        FirstTokenMs = call.Timings?.TimeToFirstToken.TotalMilliseconds,
        TokenMs = call.Timings?.TokenTimes.Select(time => time.TotalMilliseconds).ToArray(),
    };

    /// <exception cref="JsonException">It lacks something, or says something that cannot be.</exception>
    public RecordedCall ToCall()
    {
        if (Model is null || Prompt is null || Answer is null)
        {
            throw new JsonException("a call has at least 'model', 'prompt' and 'answer'");
        }

        if (Model.Length == 0)
        {
            throw new JsonException("the model's name is empty");
        }

        if (OutsideText.IndexOfHidden(Model) is >= 0 and var at)
        {
            throw new JsonException($"the model '{OutsideText.Show(Model)}' has the character {OutsideText.NameAt(Model, at)}; a name has characters that can be seen");
        }

        double?[] numbers = [Budget, InputTokens, CachedInputTokens, OutputTokens, ThinkingTokens, TotalMs, FirstTokenMs, .. TokenMs ?? []];
        if (numbers.Any(number => number is < 0 or > 1e12))
        {
            throw new JsonException("a number is negative or too large");
        }

        return new RecordedCall
        {
            Model = Model,
            Setting = Model,
            Prompt = Prompt,
            Budget = Budget,
            Seed = Seed,
            Thinking = Thinking,
            Answer = Answer,
            InputTokens = InputTokens,
            CachedInputTokens = CachedInputTokens,
            OutputTokens = OutputTokens,
            ThinkingTokens = ThinkingTokens,
            Timings = TotalMs is not { } total ? null : new GenerationTimings
            {
                Total = TimeSpan.FromMilliseconds(total),
                TimeToFirstToken = TimeSpan.FromMilliseconds(FirstTokenMs ?? total),
                TokenTimes = [.. (TokenMs ?? []).Select(TimeSpan.FromMilliseconds)],
            },
        };
    }
}

/// <summary>Writes and reads lines without reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(CallLine))]
internal sealed partial class CallLineJson : JsonSerializerContext;
