using System.Globalization;
using Microsoft.Extensions.AI;

namespace FlowCompile.Profiling;

/// <summary>
/// Answers the first model call of a sub-agent under several budgets from one decode: the first invocation to ask has it made for all of
/// them, the others find their answers there as long as they send the same prompt. One worker uses it, one invocation after another.
/// </summary>
/// <param name="sweep">Decodes.</param>
/// <param name="budgets">The budgets, all different.</param>
/// <param name="time">The clock of the invocations.</param>
internal sealed class SharedDecode(IBudgetSweep sweep, IReadOnlyList<int> budgets, TimeProvider time)
{
    private readonly Dictionary<int, ChatResponse> _answers = [];
    private string? _prompt;
    private bool _stopped;

    /// <summary>The clock of the invocations.</summary>
    public TimeProvider Time => time;

    /// <summary>Whether answers are there that nobody has taken yet.</summary>
    public bool HasAnswers => _answers.Count > 0;

    /// <summary>The mean power of this machine while it decoded, the share of other calls taken off; <see langword="null"/> where it is not known.</summary>
    public double? Watts { get; set; }

    /// <summary>The answer under the budget of the options; <see langword="null"/> where it takes a call of its own.</summary>
    /// <param name="messages">The prompt.</param>
    /// <param name="options">The options.</param>
    /// <param name="cancellationToken">Cancels the decode.</param>
    public async Task<ChatResponse?> TryAnswerAsync(IReadOnlyList<ChatMessage> messages, ChatOptions? options, CancellationToken cancellationToken)
    {
        if (_stopped || options?.GetReasoningBudget() is not { } budget || !budgets.Contains(budget) || KeyOf(messages, options) is not { } prompt)
        {
            return null;
        }

        if (_prompt is null)
        {
            _prompt = prompt;
            try
            {
                var responses = await sweep.GetResponsesAsync(messages, budgets, options, cancellationToken).ConfigureAwait(false);
                foreach (var (each, response) in budgets.Zip(responses))
                {
                    _answers[each] = response;
                }
            }
            catch (Exception) when (!cancellationToken.IsCancellationRequested)
            {
                // Each budget's own call meets the same error or does not, and says so for its own cell.
                Stop();
            }
        }

        return prompt == _prompt && _answers.Remove(budget, out var answer) ? answer : null;
    }

    /// <summary>Leaves what is still to come to calls of their own.</summary>
    public void Stop()
    {
        _stopped = true;
        _answers.Clear();
    }

    // Null for what cannot be compared: content that is not text, or options beyond those of sampling.
    private static string? KeyOf(IReadOnlyList<ChatMessage> messages, ChatOptions options)
    {
        var plain = options is
        {
            ConversationId: null, Instructions: null, FrequencyPenalty: null, PresencePenalty: null, Reasoning: null, ResponseFormat: null,
            ModelId: null, StopSequences: null or { Count: 0 }, Tools: null or { Count: 0 }, ToolMode: null, RawRepresentationFactory: null,
            AdditionalProperties.Count: 1,
        };
        return plain && messages.All(message => message.Contents.All(content => content is TextContent))
            ? ContentHash.Of(
                [
                    Text(options.Temperature), Text(options.TopP), Text(options.TopK), Text(options.Seed), Text(options.MaxOutputTokens),
                    .. messages.SelectMany(message => new[] { message.Role.Value, message.Text }),
                ])
            : null;
    }

    private static string Text<T>(T? value)
        where T : struct, IFormattable => value?.ToString(null, CultureInfo.InvariantCulture) ?? "-";
}
