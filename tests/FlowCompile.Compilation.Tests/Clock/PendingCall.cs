using Microsoft.Extensions.AI;

namespace FlowCompile.Compilation.Tests.Clock;

/// <summary>A model call that is under way.</summary>
/// <param name="made">What it is once it was answered.</param>
/// <param name="due">When it is answered, in ticks of the clock.</param>
/// <param name="text">What it is answered.</param>
/// <param name="tokens">The tokens of the answer.</param>
/// <param name="cancellationToken">Cancels it.</param>
internal sealed class PendingCall(MadeCall made, long due, string text, int tokens, CancellationToken cancellationToken)
{
    private readonly TaskCompletionSource<ChatResponse> _source = new();
    private CancellationTokenRegistration _registration;

    public MadeCall Made => made;

    public long Due => due;

    public Task<ChatResponse> Task => _source.Task;

    public void WhenCanceled(Action canceled) => _registration = cancellationToken.UnsafeRegister(
        _ =>
        {
            canceled();
            _source.TrySetCanceled(cancellationToken);
        },
        null);

    public void Answer()
    {
        _registration.Unregister();
        _source.TrySetResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, text)) { Usage = new UsageDetails { OutputTokenCount = tokens } });
    }
}
