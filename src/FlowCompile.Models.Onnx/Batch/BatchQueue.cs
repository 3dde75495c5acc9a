using System.Buffers;
using Microsoft.ML.OnnxRuntime;

namespace FlowCompile.Models.Onnx;

/// <summary>
/// Decodes the texts of one model in batches. Each run of the network takes texts of one length, so that nothing is padded and every text
/// comes out as it would alone. Texts that have come set out together, when all before them have ended: the shortest go first, catch up with
/// the longer ones, and go on with them. A text that set out later than the others would be read alone until it had caught up.
/// </summary>
/// <param name="size">The most texts in one run.</param>
/// <param name="scheduler">Runs the network.</param>
internal sealed class BatchQueue(int size, TaskScheduler scheduler)
{
    private static readonly Action<object?> s_run = queue => ((BatchQueue)queue!).Run();

    private readonly object _lock = new();
    private readonly int _mostRuns = Math.Min(scheduler.MaximumConcurrencyLevel, Environment.ProcessorCount);
    private readonly Dictionary<(int Position, int Unread), int> _places = [];
    private readonly Stack<List<BatchedText>> _unused = [];
    private List<BatchedText> _new = [];
    private List<BatchedText> _underWay = [];
    private List<BatchedText> _others = [];
    private int _beingRead;
    private int _runs;

    /// <summary>Decodes a text to its end.</summary>
    /// <param name="text">The text, which is nobody else's until then.</param>
    /// <param name="chosen">Told of each token before the text goes on; it may add texts.</param>
    /// <param name="cancellationToken">Ends it before its next token.</param>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    /// <exception cref="OnnxRuntimeException">ONNX Runtime failed.</exception>
    public Task CompleteAsync(Generation text, Action<Generation>? chosen, CancellationToken cancellationToken)
    {
        if (text.End is not null)
        {
            return Task.CompletedTask;
        }

        var one = new BatchedText(text, chosen, cancellationToken);
        lock (_lock)
        {
            (text.Position == 0 ? _new : _underWay).Add(one);
            StartRuns();
        }

        return one.Done;
    }

    // One for each place there is something to read at, or more where it is too much for one; each is a task of its own, so that models that
    // share a scheduler take turns.
    private void StartRuns()
    {
        if (_underWay.Count == 0 && _beingRead == 0)
        {
            (_underWay, _new) = (_new, _underWay);
        }

        var wanted = 0;
        _places.Clear();
        foreach (var one in _underWay)
        {
            // The first at its place wants a run, and so does each that comes after a full one.
            var before = _places.GetValueOrDefault(one.Place);
            wanted += before % size == 0 ? 1 : 0;
            _places[one.Place] = before + 1;
        }

        for (; _runs < Math.Min(wanted, _mostRuns); _runs++)
        {
            _ = Task.Factory.StartNew(s_run, this, CancellationToken.None, TaskCreationOptions.DenyChildAttach, scheduler);
        }
    }

    private void Run()
    {
        List<BatchedText> batch;
        lock (_lock)
        {
            batch = Take();
            _beingRead += batch.Count;
        }

        var taken = batch.Count;
        if (taken > 0)
        {
            Read(batch);
            batch.RemoveAll(one => !one.Choose());
        }

        lock (_lock)
        {
            _underWay.AddRange(batch);
            batch.Clear();
            _unused.Push(batch);
            _beingRead -= taken;
            _runs--;
            StartRuns();
        }
    }

    private List<BatchedText> Take()
    {
        _underWay.RemoveAll(one => one.EndIfCancelled());
        var batch = _unused.TryPop(out var list) ? list : [];
        if (_underWay.Count == 0)
        {
            return batch;
        }

        var place = _underWay[0].Place;
        foreach (var one in _underWay)
        {
            place = one.Place.CompareTo(place) < 0 ? one.Place : place;
        }

        foreach (var one in _underWay)
        {
            (batch.Count < size && one.Place == place ? batch : _others).Add(one);
        }

        _underWay.Clear();
        (_underWay, _others) = (_others, _underWay);
        return batch;
    }

    // An error of a whole run may be one text's: each is tried alone then.
    private static void Read(List<BatchedText> batch)
    {
        var texts = ArrayPool<Generation>.Shared.Rent(batch.Count);
        try
        {
            for (var i = 0; i < batch.Count; i++)
            {
                texts[i] = batch[i].Text;
            }

            Generation.Read(texts.AsSpan(0, batch.Count));
        }
        catch (Exception) when (batch.Count > 1)
        {
            batch.RemoveAll(one => !TryRead(one));
        }
        catch (Exception error)
        {
            batch[0].Fail(error);
            batch.Clear();
        }
        finally
        {
            ArrayPool<Generation>.Shared.Return(texts, clearArray: true);
        }
    }

    private static bool TryRead(BatchedText one)
    {
        try
        {
            Generation.Read([one.Text]);
            return true;
        }
        catch (Exception error)
        {
            one.Fail(error);
            return false;
        }
    }
}
