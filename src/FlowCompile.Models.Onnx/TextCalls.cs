using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace FlowCompile.Models.Onnx;

/// <summary>The calls of one model: whole, streamed, and under several budgets by one decode.</summary>
/// <param name="model">The model.</param>
/// <param name="calls">Reads what a call asks for.</param>
/// <param name="isFailure">Whether an exception is one by which the network's runtime says that it failed.</param>
internal sealed class TextCalls(TextModel model, CallReader calls, Func<Exception, bool> isFailure)
{
    /// <summary>Answers a call.</summary>
    public Task<ChatResponse> CompleteAsync(IEnumerable<ChatMessage> messages, ChatOptions? options, CancellationToken cancellationToken)
    {
        var start = calls.Time.GetTimestamp();

        // The work is the processor's: the caller's thread stays free, so that branches of a workflow do run side by side.
        return Task.Run(() => Complete(messages, options, start, cancellationToken), cancellationToken);
    }

    /// <summary>Answers a call piece by piece.</summary>
    public async IAsyncEnumerable<ChatResponseUpdate> StreamAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var start = calls.Time.GetTimestamp();
        using var generation = await Task.Run(() => Begin(messages, calls.ReadSettings(options), start), cancellationToken).ConfigureAwait(false);
        var writer = new ResponseWriter(model);
        while (await Task.Run(() => Next(generation, cancellationToken), cancellationToken).ConfigureAwait(false))
        {
            if (writer.Write(generation) is { } update)
            {
                yield return update;
            }
        }

        yield return writer.Finish(generation);
    }

    /// <summary>Answers a call under several budgets.</summary>
    public Task<IReadOnlyList<ChatResponse>> SweepAsync(
        IEnumerable<ChatMessage> messages, IReadOnlyList<int> budgets, ChatOptions? options, CancellationToken cancellationToken)
    {
        var wanted = CallReader.CheckBudgets(budgets);
        return wanted.Length == 0
            ? Task.FromResult<IReadOnlyList<ChatResponse>>([])
            : Task.Run(() => Sweep([.. messages], wanted, options, cancellationToken), cancellationToken);
    }

    private ChatResponse Complete(IEnumerable<ChatMessage> messages, ChatOptions? options, long start, CancellationToken cancellationToken)
    {
        using var generation = Begin(messages, calls.ReadSettings(options), start);
        while (Next(generation, cancellationToken))
        {
        }

        return new ResponseWriter(model).Whole(generation);
    }

    private IReadOnlyList<ChatResponse> Sweep(List<ChatMessage> messages, IReadOnlyList<int> budgets, ChatOptions? options, CancellationToken cancellationToken)
    {
        var settings = calls.ReadSettings(options);
        var sweep = new BudgetSweep(model, generation => Next(generation, cancellationToken));
        return sweep.Run(budgets, budget => Begin(messages, settings with { Budget = budget }, calls.Time.GetTimestamp()));
    }

    private Generation Begin(IEnumerable<ChatMessage> messages, GenerationSettings settings, long start)
    {
        try
        {
            return calls.Begin(messages, settings, start);
        }
        catch (Exception error) when (isFailure(error))
        {
            throw calls.Failed(error);
        }
    }

    private bool Next(Generation generation, CancellationToken cancellationToken)
    {
        try
        {
            return generation.MoveNext(cancellationToken);
        }
        catch (Exception error) when (isFailure(error))
        {
            throw calls.Failed(error);
        }
    }
}
