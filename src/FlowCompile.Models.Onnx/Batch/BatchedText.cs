namespace FlowCompile.Models.Onnx;

/// <summary>A text that is decoded together with others.</summary>
/// <param name="text">The text; it belongs to whoever asked for it.</param>
/// <param name="chosen">Told of each token before the text goes on; <see langword="null"/> where nobody is.</param>
/// <param name="cancellationToken">Ends it.</param>
internal sealed class BatchedText(Generation text, Action<Generation>? chosen, CancellationToken cancellationToken)
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The text.</summary>
    public Generation Text => text;

    /// <summary>Ends when the text has, or with why it did not.</summary>
    public Task Done => _done.Task;

    /// <summary>How much it has been read and how much there is to read: texts that agree in both go together.</summary>
    public (int Position, int Unread) Place => (text.Position, text.Unread.Length);

    /// <summary>Ends the text where that is asked for.</summary>
    /// <returns>Whether it ended.</returns>
    public bool EndIfCancelled() => cancellationToken.IsCancellationRequested && _done.TrySetCanceled(cancellationToken);

    /// <summary>Takes the next token, when the network has read what there was.</summary>
    /// <returns>Whether the text goes on.</returns>
    public bool Choose()
    {
        try
        {
            text.Choose();
            chosen?.Invoke(text);
        }
        catch (Exception error)
        {
            Fail(error);
            return false;
        }

        return text.End is null || !_done.TrySetResult();
    }

    /// <summary>Ends the text with an error.</summary>
    public void Fail(Exception error) => _done.TrySetException(error);
}
