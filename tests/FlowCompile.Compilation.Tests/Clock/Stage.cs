using System.Diagnostics.CodeAnalysis;
using FlowCompile.Compilation.Tests.Oracle;
using FlowCompile.Plans;
using Microsoft.Extensions.AI;

namespace FlowCompile.Compilation.Tests.Clock;

/// <summary>
/// Runs one workflow with models of fixed delay on a clock of its own. The clock goes on, to the end of the call that ends first, only when nothing can run any
/// more (<see cref="SingleWorker"/>): then the run has ended or waits for the calls that are under way.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "The models of the catalog hold nothing.")]
internal sealed class Stage : TimeProvider, IServiceProvider
{
    private readonly WorkflowDescriptor _descriptor;
    private readonly World _world;
    private readonly ModelCatalog _models = new();
    private readonly WorkflowRuntime _runtime;
    private readonly object _workflow;
    private readonly List<PendingCall> _pending = [];
    private List<MadeCall> _made = [];
    private bool _routersRight;
    private int _case;
    private long _now;

    public Stage(WorkflowDescriptor descriptor, World world)
    {
        _descriptor = descriptor;
        _world = world;
        for (var setting = 0; setting < world.Settings.Max(); setting++)
        {
            _models.Add(World.SettingOf(setting).Model, new FixedDelayModel(this, setting));
        }

        _runtime = new WorkflowRuntime { TimeProvider = this };
        _workflow = descriptor.CreateWorkflow(this);
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => _now;

    /// <summary>There are no timers: nothing but model calls takes time.</summary>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => throw new NotSupportedException("The run sets a timer.");

    public object? GetService(Type serviceType) =>
        serviceType == typeof(ModelCatalog) ? _models
        : serviceType == typeof(WorkflowRuntime) ? _runtime
        : serviceType == typeof(Func<string, string>) ? (Func<string, string>)UseTool
        : null;

    /// <summary>Runs the workflow.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <param name="theCase">The case.</param>
    /// <param name="sequential">Whether one node runs after the other.</param>
    /// <exception cref="InvalidOperationException">The run waits for nothing and does not end, or fails in a way that no workflow here does.</exception>
    public async Task<RunEnd> RunAsync(WorkflowConfiguration configuration, int theCase, bool sequential)
    {
        _case = theCase;
        _made = [];
        _routersRight = true;
        var start = _now;
        var run = _descriptor.RunAsync(_workflow, ["task"], configuration, new RunOptions { Seed = 1, Sequential = sequential }, CancellationToken.None);
        await SingleWorker.QuietAsync();
        while (!run.IsCompleted)
        {
            var next = _pending.MinBy(call => call.Due) ?? throw new InvalidOperationException("The run waits for nothing and does not end.");
            _pending.Remove(next);
            _now = next.Due;
            _made.Add(next.Made);
            next.Answer();
            await SingleWorker.QuietAsync();
        }

        Assert.Empty(_pending);
        var seconds = TimeSpan.FromTicks(_now - start).TotalSeconds;
        if (run.IsCompletedSuccessfully)
        {
            Assert.Equal(seconds, run.Result.Elapsed.TotalSeconds);
            Assert.Equal(_made.Count, run.Result.Calls.Count);
            return new RunEnd((string)run.Result.Output!, false, seconds, _made, _routersRight);
        }

        var exception = run.Exception?.InnerException;
        return exception is WorkflowException { Message: var message } && message.Contains("no branch that was taken leads to the output", StringComparison.Ordinal)
            ? new RunEnd(null, false, seconds, _made, _routersRight)
            : exception is WorkflowException { Message: var other } && other.Contains("candidates in the branches taken and needs", StringComparison.Ordinal)
            ? new RunEnd(null, true, seconds, _made, _routersRight)
            : throw new InvalidOperationException($"The run failed: {exception?.Message ?? "it was canceled"}", exception);
    }

    private Task<ChatResponse> Ask(int setting, string prompt, CancellationToken cancellationToken)
    {
        var index = _descriptor.Graph.IndexOf(prompt[..prompt.IndexOf('|', StringComparison.Ordinal)]);
        var (_, state) = Said.Read(prompt);
        var answer = _world.Of(_case, index, setting, _descriptor.Graph.Nodes[index].Repair is null ? state : new CallState(false, 0, 0));
        if (_descriptor.Graph.Nodes[index].Repair is not null)
        {
            // Where something else that it reads is wrong, no attempt mends.
            answer = answer with { Right = answer.Right && state.Right };
        }

        Note(index, answer.Right);
        var call = new PendingCall(
            new MadeCall(index, answer.Seconds, _world.CostOf(index, setting)),
            _now + TimeSpan.FromSeconds(answer.Seconds).Ticks,
            Said.Text(answer.Value, answer.Right),
            _world.Tokens(index, setting),
            cancellationToken);
        _pending.Add(call);
        call.WhenCanceled(() => _pending.Remove(call));
        return call.Task;
    }

    private string UseTool(string prompt)
    {
        var (node, state) = Said.Read(prompt);
        var text = _world.ToolOf(_case, _descriptor.Graph.IndexOf(node), state);
        Note(_descriptor.Graph.IndexOf(node), Said.IsRight(text));
        return text;
    }

    private void Note(int node, bool right) => _routersRight &= right || !_world.IsRouter(node);

    private sealed class FixedDelayModel(Stage stage, int setting) : IChatClient
    {
        public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            stage.Ask(setting, string.Concat(messages.Select(message => message.Text)), cancellationToken);

        public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}
