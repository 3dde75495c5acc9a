using System.Diagnostics.CodeAnalysis;
using FlowCompile.Settings;
using Microsoft.Extensions.AI;

namespace FlowCompile;

/// <summary>
/// What a sub-agent calls its model through: bound to the setting in force, it keeps every call's tokens, time to first token, latency
/// and cost. It is the only thing that knows the setting; the sub-agent's code is the same under all of them.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "The bound client owns nothing: the model belongs to the catalog.")]
public sealed class SubAgentContext
{
    private readonly BoundChatClient _client;
    private readonly Action<CallRecord>? _record;
    private readonly WorkflowRun? _run;
    private readonly RunBinding.Node? _bound;

    /// <summary>Creates a context over a model.</summary>
    /// <param name="node">The sub-agent's name.</param>
    /// <param name="setting">The setting in force.</param>
    /// <param name="model">The model's chat client.</param>
    /// <param name="call">What is particular to this call.</param>
    /// <param name="record">Receives a record of every call; may be called from any thread.</param>
    public SubAgentContext(string node, Setting setting, IChatClient model, SubAgentCall call, Action<CallRecord> record)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(record);
        Node = node;
        Setting = setting;
        Call = call;
        _record = record;
        _client = new BoundChatClient(model, this);
    }

    internal SubAgentContext(WorkflowRun run, RunBinding.Node bound, SubAgentCall call)
    {
        Node = bound.Name;
        Setting = bound.Setting.GetValueOrDefault();
        Call = call;
        _run = run;
        _bound = bound;
        _client = new BoundChatClient(bound.Client!, this);
    }

    /// <summary>The sub-agent's name.</summary>
    public string Node { get; }

    /// <summary>The setting in force.</summary>
    public Setting Setting { get; }

    /// <summary>What is particular to this call: replica, attempt, seed, temperature.</summary>
    public SubAgentCall Call { get; }

    /// <summary>The model as a chat client, already bound to model, budget, temperature and seed. Options set by the caller win, the budget excepted.</summary>
    public IChatClient ChatClient => _client;

    internal TimeProvider Time => _run?.Time ?? TimeProvider.System;

    internal string? Provider => _bound?.Provider;

    internal ModelPrice Price => _bound?.Price ?? default;

    /// <summary>Asks the model.</summary>
    /// <param name="prompt">The prompt, sent as one user message.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task<ChatResponse> CompleteAsync(string prompt, CancellationToken cancellationToken = default) =>
        _client.GetResponseAsync([new ChatMessage(ChatRole.User, prompt)], options: null, cancellationToken);

    /// <summary>How often the call was tried before.</summary>
    internal int Tries { get; set; }

    /// <summary>Whether the model failed in the current try.</summary>
    internal bool ModelFailed { get; set; }

    internal TimeSpan? CallTimeout => _run?.CallTimeout(_bound!);

    internal void Fail()
    {
        if (_run is { CancellationToken.IsCancellationRequested: false })
        {
            ModelFailed = true;
            _run.ModelFailed(_bound!);
        }
    }

    internal void Record(CallRecord call)
    {
        if (_run is not null)
        {
            _run.Record(call);
            if (!_bound!.Health!.IsSound)
            {
                _run.ModelSucceeded(_bound);
            }
        }
        else
        {
            _record!(call);
        }
    }
}
