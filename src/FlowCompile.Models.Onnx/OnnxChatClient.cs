using Microsoft.Extensions.AI;
using Microsoft.ML.OnnxRuntime;

namespace FlowCompile.Models.Onnx;

/// <summary>
/// A model folder as a chat client: <c>model.onnx</c> (a decoder with past), <c>tokenizer.json</c>, <c>config.json</c> and
/// <c>generation_config.json</c>, run in this process by ONNX Runtime.
/// </summary>
/// <remarks>
/// <para>Messages are written in the format of the model's chat template (<see cref="OnnxModelOptions.ChatFormat"/>), and their contents cannot
/// make tokens of that format. For a model without one the prompt is the text of all messages, one after another. A model that thinks is held to
/// the budget of <see cref="ReasoningBudget"/>: its end is put there when the budget is spent, and the answer follows. Without a budget the
/// model thinks as long as it likes.</para>
/// <para>Of <see cref="ChatOptions"/>, <c>Temperature</c> (0 takes the likeliest token), <c>Seed</c>, <c>TopK</c>, <c>TopP</c> and
/// <c>MaxOutputTokens</c> (thinking included) count, and what they leave open generation_config.json says. Sampled calls
/// with one seed give one text; a smaller budget's thinking is a prefix of a larger one's. The others are ignored.</para>
/// <para>Usage counts every generated token as output, those by which the model ended its thinking and the text included;
/// <see cref="UsageDetails.ReasoningTokenCount"/> counts the thinking between its markers. <see cref="GenerationTimings"/> come with
/// the response.</para>
/// <para>Calls may run at once on several threads. Disposing the client lets those under way finish.</para>
/// </remarks>
public sealed class OnnxChatClient : IChatClient, IBudgetSweep, IBatchDecoding
{
    private readonly OnnxModel _model;
    private readonly CallReader _calls;
    private readonly TextCalls _text;
    private readonly ModelDescription _description;
    private readonly ChatClientMetadata _metadata;

    /// <summary>Loads a model.</summary>
    /// <param name="folder">The model's folder.</param>
    /// <param name="options">How to load and run it. Default: CUDA where it is there, else the CPU with one thread for each call.</param>
    /// <param name="timeProvider">The clock of the timings. Default: the system's.</param>
    /// <exception cref="ModelLoadException">The model cannot be loaded; the message says in one line which file, why, and what to do.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public OnnxChatClient(string folder, OnnxModelOptions? options = null, TimeProvider? timeProvider = null)
        : this(folder, options, timeProvider, nextSeed: null)
    {
    }

    // nextSeed gives the seeds of sampled calls that name none.
    internal OnnxChatClient(string folder, OnnxModelOptions? options, TimeProvider? timeProvider, Func<long>? nextSeed)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        options ??= new OnnxModelOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(options.IntraOpThreads, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfNegative(options.CudaDevice, nameof(options));
        if (options.ChatFormat is { } format && !ChatFormats.Names.Contains(format))
        {
            throw new ArgumentOutOfRangeException(nameof(options), format, $"The chat format must be one of {string.Join(", ", ChatFormats.Names)}.");
        }

        _model = OnnxModel.Load(folder, options);
        _calls = new CallReader(_model, timeProvider ?? TimeProvider.System, nextSeed ?? (() => Random.Shared.NextInt64()));
        _text = new TextCalls(_model, _calls, error => error is OnnxRuntimeException);
        _metadata = new ChatClientMetadata("onnx", defaultModelId: _model.Name);
        _description = new ModelDescription
        {
            Provider = "onnx",
            Identity = _model.Identity,
            Device = _model.Decoder.Device,
            Capacity = _model.Decoder.Device == "cpu" ? new ModelCapacity("cpu", Math.Max(1, Environment.ProcessorCount / options.IntraOpThreads)) : null,
            RunsHere = true,
            ContextLength = _model.Decoder.Config.ContextLength,
        };
    }

    /// <summary>Where the model runs.</summary>
    /// <value><see cref="OnnxExecutionProvider.Cpu"/> or <see cref="OnnxExecutionProvider.Cuda"/>: what <see cref="OnnxExecutionProvider.Auto"/> took.</value>
    public OnnxExecutionProvider ExecutionProvider => _model.Decoder.Device == "cuda" ? OnnxExecutionProvider.Cuda : OnnxExecutionProvider.Cpu;

    /// <summary>Why <see cref="OnnxExecutionProvider.Auto"/> took the CPU.</summary>
    /// <value>What CUDA lacks, in one line; <see langword="null"/> where the model runs on CUDA, or the CPU was asked for.</value>
    public string? CudaProblem => _model.Decoder.CudaProblem;

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
    /// <remarks>
    /// A budget of 0 is decoded on its own, because its prompt is read together with the end of thinking: as little is saved there as
    /// a difference in the last digit of a logit could spoil.
    /// </remarks>
    /// <exception cref="PromptException">The prompt has a piece outside of the model's vocabulary, or is longer than its context.</exception>
    public Task<IReadOnlyList<ChatResponse>> GetResponsesAsync(
        IEnumerable<ChatMessage> messages, IReadOnlyList<int> budgets, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        return _text.SweepAsync(messages, budgets, options, cancellationToken);
    }

    /// <inheritdoc/>
    /// <remarks>The client is an <see cref="IBatchDecoding"/> on the CPU; on CUDA calls are decoded one by one.</remarks>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(IBatchDecoding) && !_model.Decoder.CanBatch ? null
            : serviceType == typeof(ModelDescription) ? _description
            : serviceType == typeof(ChatClientMetadata) ? _metadata
            : serviceType.IsInstanceOfType(this) ? this
            : null;
    }

    /// <inheritdoc/>
    IChatClient IBatchDecoding.OpenBatch(int size, TaskScheduler scheduler)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        ArgumentNullException.ThrowIfNull(scheduler);
        return new OnnxBatchClient(this, _model, _calls, new BatchQueue(size, scheduler));
    }

    /// <inheritdoc/>
    public void Dispose() => _model.Dispose();
}
