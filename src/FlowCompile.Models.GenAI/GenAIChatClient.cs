using FlowCompile.Models.Onnx;
using Microsoft.Extensions.AI;
using Microsoft.ML.OnnxRuntimeGenAI;

namespace FlowCompile.Models.GenAI;

/// <summary>
/// A model folder as a chat client: <c>genai_config.json</c>, the graphs that it names and <c>tokenizer.json</c>, run in this process by ONNX Runtime GenAI.
/// </summary>
/// <remarks>
/// <para>Messages, budgets, options, usage and timings are as those of <see cref="OnnxChatClient"/>, which says how: tokenizer, chat format, sampling and the loop that keeps a
/// budget are the same, and ONNX Runtime GenAI runs the network and keeps its cache.</para>
/// <para>Calls may run at once on several threads. Disposing the client lets those under way finish.</para>
/// </remarks>
public sealed class GenAIChatClient : IChatClient, IBudgetSweep
{
    private readonly TextModel _model;
    private readonly TextCalls _text;
    private readonly ModelDescription _description;
    private readonly ChatClientMetadata _metadata;

    /// <summary>Loads a model.</summary>
    /// <param name="folder">The model's folder.</param>
    /// <param name="options">How to load and run it. Default: where its file says.</param>
    /// <param name="timeProvider">The clock of the timings. Default: the system's.</param>
    /// <exception cref="ModelLoadException">The model cannot be loaded; the message says in one line which file, why, and what to do.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public GenAIChatClient(string folder, GenAIModelOptions? options = null, TimeProvider? timeProvider = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        options ??= new GenAIModelOptions();
        if (options.ChatFormat is { } format && !ChatFormats.Names.Contains(format))
        {
            throw new ArgumentOutOfRangeException(nameof(options), format, $"The chat format must be one of {string.Join(", ", ChatFormats.Names)}.");
        }

        var (model, config) = GenAIModel.Load(folder, options);
        _model = model;
        _text = new TextCalls(model, new CallReader(model, timeProvider ?? TimeProvider.System, () => Random.Shared.NextInt64(), "ONNX Runtime GenAI"), error => error is OnnxRuntimeGenAIException);
        _metadata = new ChatClientMetadata(GenAIModels.Provider, defaultModelId: model.Name);
        var device = options.Device switch { GenAIDevice.Cpu => "cpu", GenAIDevice.Cuda => "cuda", _ => config.Device };
        _description = new ModelDescription
        {
            Provider = GenAIModels.Provider,
            Identity = model.Identity,
            Device = device,
            Capacity = device == "cpu" ? new ModelCapacity("cpu", Math.Max(1, Environment.ProcessorCount / (config.Threads ?? Environment.ProcessorCount))) : null,
            RunsHere = true,
            ContextLength = config.Network.ContextLength,
        };
    }

    /// <inheritdoc/>
    /// <exception cref="PromptException">The prompt has a piece outside of the model's vocabulary, or is longer than its context.</exception>
    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        return _text.CompleteAsync(messages, options, cancellationToken);
    }

    /// <inheritdoc/>
    /// <exception cref="PromptException">The prompt has a piece outside of the model's vocabulary, or is longer than its context.</exception>
    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        return _text.StreamAsync(messages, options, cancellationToken);
    }

    /// <inheritdoc/>
    /// <remarks>The text is decoded under the largest budget; for each smaller one its cache is rewound to where that is spent.</remarks>
    /// <exception cref="PromptException">The prompt has a piece outside of the model's vocabulary, or is longer than its context.</exception>
    public Task<IReadOnlyList<ChatResponse>> GetResponsesAsync(
        IEnumerable<ChatMessage> messages, IReadOnlyList<int> budgets, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        return _text.SweepAsync(messages, budgets, options, cancellationToken);
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(ModelDescription) ? _description
            : serviceType == typeof(ChatClientMetadata) ? _metadata
            : serviceType.IsInstanceOfType(this) ? this
            : null;
    }

    /// <inheritdoc/>
    public void Dispose() => _model.Dispose();
}
