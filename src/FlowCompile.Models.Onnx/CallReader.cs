using Microsoft.Extensions.AI;

namespace FlowCompile.Models.Onnx;

/// <summary>What a call asks for: its messages and options become a text that is about to be generated.</summary>
/// <param name="model">The model.</param>
/// <param name="time">The clock of the timings.</param>
/// <param name="nextSeed">Gives the seeds of sampled calls that name none.</param>
/// <param name="runtime">What runs the network, for messages.</param>
internal sealed class CallReader(TextModel model, TimeProvider time, Func<long> nextSeed, string runtime = "ONNX Runtime")
{
    /// <summary>The clock of the timings.</summary>
    public TimeProvider Time => time;

    /// <summary>Begins a text.</summary>
    /// <param name="messages">The prompt.</param>
    /// <param name="settings">What is asked for.</param>
    /// <param name="start">When the call began.</param>
    /// <exception cref="PromptException">The model cannot take the prompt.</exception>
    public Generation Begin(IEnumerable<ChatMessage> messages, GenerationSettings settings, long start)
    {
        try
        {
            return new Generation(model.Network, model.Generation, settings, Ids(messages, thinks: settings.Budget != 0), time, start);
        }
        catch (PromptException error)
        {
            throw new PromptException($"Model {model.Name} cannot take the prompt: {error.Message}", error);
        }
    }

    private PromptIds Ids(IEnumerable<ChatMessage> messages, bool thinks)
    {
        var config = model.Generation;
        if (model.Chat is { } chat)
        {
            var text = model.Tokenizer.Encode(chat.Write(messages, thinks));
            return new PromptIds(text, text.Count, chat.Thinking is not { } thinking || !thinks ? ThinkingState.Closed : thinking.Opens ? ThinkingState.Open : ThinkingState.Offered);
        }

        var ids = model.Tokenizer.Encode(Prompt.Plain(PromptText.Of(messages)));

        // A prompt may end with the token that begins thinking, as the models' documentation writes it; it is added otherwise.
        if (ids.Count > 0 && ids[^1] == config.ThinkStart)
        {
            ids.RemoveAt(ids.Count - 1);
        }

        return ids.Count == 0 ? throw new PromptException("The prompt is empty.")
            : config.ThinkStart is not { } start ? new PromptIds(ids, ids.Count, ThinkingState.Closed)
            : thinks ? new PromptIds([.. ids, start], ids.Count + 1, ThinkingState.Open)
            : new PromptIds([.. ids, start, .. config.ThinkClose], ids.Count + 1, ThinkingState.Closed);
    }

    /// <summary>Reads the options, and what they leave open from the model's files.</summary>
    /// <param name="options">The options.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public GenerationSettings ReadSettings(ChatOptions? options)
    {
        var defaults = model.Generation;
        var temperature = options?.Temperature ?? defaults.Temperature;
        var topP = options?.TopP ?? defaults.TopP;
        if (!(temperature >= 0 && double.IsFinite(temperature)))
        {
            throw new ArgumentOutOfRangeException(nameof(options), temperature, "The temperature must be 0 or more.");
        }

        if (topP is not (null or (> 0 and <= 1)))
        {
            throw new ArgumentOutOfRangeException(nameof(options), topP, "TopP must be above 0 and at most 1.");
        }

        if (options?.MaxOutputTokens < 1 || options?.TopK < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(options), "MaxOutputTokens and TopK must be 1 or more.");
        }

        var seed = temperature > 0 ? options?.Seed ?? nextSeed() : 0;
        return new GenerationSettings(
            options?.GetReasoningBudget(),
            options?.MaxOutputTokens ?? defaults.MaxNewTokens,
            new SamplingSettings(temperature, unchecked((ulong)seed), options?.TopK ?? defaults.TopK, topP));
    }

    /// <summary>Checks the budgets of a sweep.</summary>
    /// <param name="budgets">The budgets.</param>
    /// <returns>A copy of them.</returns>
    /// <exception cref="ArgumentException">A budget is negative, or there twice.</exception>
    public static int[] CheckBudgets(IReadOnlyList<int> budgets)
    {
        ArgumentNullException.ThrowIfNull(budgets);
        int[] wanted = [.. budgets];
        foreach (var budget in wanted)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(budget, nameof(budgets));
        }

        return wanted.Distinct().Count() < wanted.Length ? throw new ArgumentException("A budget is there twice.", nameof(budgets)) : wanted;
    }

    /// <summary>What is thrown where the network's runtime fails.</summary>
    /// <param name="error">Its error.</param>
    public InvalidOperationException Failed(Exception error) => new($"Model {model.Name}: {runtime} failed: {OneLine.Of(error.Message)}.", error);
}
