using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.AI;

namespace FlowCompile;

/// <summary>
/// What a sub-agent calls its model through: bound to the setting in force, it keeps every call's tokens, time to first token, latency
/// and cost. It is the only thing that knows the setting; the sub-agent's code is the same under all of them.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "The bound client owns nothing: the model belongs to the catalog.")]
public sealed class SubAgentContext
{
    private readonly ISubAgentHost _host;
    private BoundChatClient? _client;
    private CallUsage _usage;
    private int _calls;

    /// <summary>Creates a context over a model.</summary>
    /// <param name="node">The sub-agent's name.</param>
    /// <param name="setting">The setting in force.</param>
    /// <param name="model">The model's chat client.</param>
    /// <param name="call">What is particular to this call.</param>
    /// <param name="record">Receives a record of every call; may be called from any thread.</param>
    public SubAgentContext(string node, Setting setting, IChatClient model, SubAgentCall call, Action<CallRecord> record)
        : this(new SingleCall(call, record ?? throw new ArgumentNullException(nameof(record))), new RunBinding.Node(node, setting, model), call.Replica, call.Attempt)
    {
        ArgumentNullException.ThrowIfNull(model);
    }

    internal SubAgentContext(ISubAgentHost host, RunBinding.Node bound, int replica, int attempt)
    {
        _host = host;
        Bound = bound;
        Replica = replica;
        Attempt = attempt;
    }

    /// <summary>The sub-agent's name.</summary>
    public string Node => Bound.Name;

    /// <summary>The setting in force.</summary>
    public Setting Setting => Bound.Setting.GetValueOrDefault();

    /// <summary>What is particular to this call: replica, attempt, seed, temperature.</summary>
    public SubAgentCall Call => _host.CallOf(Bound, Replica, Attempt);

    /// <summary>The model as a chat client, already bound to model, budget, temperature and seed. Options set by the caller win, the budget excepted.</summary>
    public IChatClient ChatClient => _client ??= new BoundChatClient(this);

    internal RunBinding.Node Bound { get; }

    internal int Replica { get; }

    internal int Attempt { get; }

    /// <summary>How often the call was tried before.</summary>
    internal int Tries { get; set; }

    /// <summary>When the current try began, where calls are compared with the plan.</summary>
    internal long Start { get; set; }

    /// <summary>The tokens that the current try has generated, where calls are compared with the plan.</summary>
    internal long Tokens;

    /// <summary>Whether the model failed in the current try.</summary>
    internal bool ModelFailed { get; set; }

    /// <summary>Whether a part of its answer was handed on as the output.</summary>
    internal bool IsForwarded { get; set; }

    internal ISubAgentHost Host => _host;

    /// <summary>Asks the model.</summary>
    /// <param name="prompt">The prompt, sent as one user message.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task<ChatResponse> CompleteAsync(string prompt, CancellationToken cancellationToken = default) =>
        ModelCall.GetResponseAsync(this, [new ChatMessage(ChatRole.User, prompt)], options: null, cancellationToken);

    /// <summary>The options of a call: the caller's, and what the setting says.</summary>
    internal ChatOptions Bind(ChatOptions? options)
    {
        var call = Call;
        if (options is null)
        {
            return Bound.Options(call.Temperature, call.Seed);
        }

        options = options.Clone();
        options.Temperature ??= call.Temperature;
        options.Seed ??= call.Seed;
        options.SetReasoningBudget(Bound.Budget!);
        return options;
    }

    /// <summary>A call succeeded. The record of the first is made when somebody asks for it: few traces are read.</summary>
    internal void Record(in CallUsage usage)
    {
        if (Interlocked.Increment(ref _calls) == 1)
        {
            _usage = usage;
            _host.Record(this, usage, record: null);
        }
        else
        {
            _host.Record(this, usage, RecordOf(usage));
        }
    }

    /// <summary>A call whose texts are kept succeeded.</summary>
    internal void Record(in CallUsage usage, string prompt, string answer) => _host.Record(this, usage, RecordOf(usage, prompt, answer));

    /// <summary>The record of the first call whose texts are not kept.</summary>
    internal CallRecord FirstRecord() => RecordOf(_usage);

    internal void Fail()
    {
        if (_host.Fail(Bound))
        {
            ModelFailed = true;
        }
    }

    private CallRecord RecordOf(in CallUsage usage, string? prompt = null, string? answer = null) => new()
    {
        Node = Node,
        Replica = Replica,
        Attempt = Attempt,
        Setting = Setting,
        InputTokens = usage.InputTokens,
        CachedInputTokens = usage.CachedInputTokens,
        ThinkingTokens = usage.ThinkingTokens,
        OutputTokens = usage.OutputTokens,
        TimeToFirstToken = usage.TimeToFirstToken,
        Latency = usage.Latency,
        Cost = Bound.Price.CostOf(usage.InputTokens, usage.Generated, usage.CachedInputTokens),
        Prompt = prompt,
        Answer = answer,
    };
}
