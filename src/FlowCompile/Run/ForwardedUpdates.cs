using Microsoft.Extensions.AI;

namespace FlowCompile;

/// <summary>The updates of one model call on their way to the reader of the run's output.</summary>
internal sealed class ForwardedUpdates(SubAgentContext agent)
{
    private List<ChatResponseUpdate>? _held = [];

    /// <summary>Hands an update on. One without content waits for the first with some: until then a failure can be met by another call.</summary>
    public void Add(ChatResponseUpdate update)
    {
        if (_held is null)
        {
            agent.Host.Forward(agent, update);
            return;
        }

        _held.Add(update);
        if (update.Contents.Count > 0)
        {
            Complete();
        }
    }

    /// <summary>Hands on what waits.</summary>
    public void Complete()
    {
        var held = _held;
        _held = null;
        held?.ForEach(update => agent.Host.Forward(agent, update));
    }
}
