using System.ClientModel;
using System.Globalization;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using FlowCompile.Text;

namespace FlowCompile.Models.OpenAI;

/// <summary>Reads what went wrong out of responses and exceptions.</summary>
internal sealed class Failures(OpenAIModelOptions model, TimeProvider time)
{
    private const int MaxDetail = 200;

    // Where there is a line to write, it counts more than the end of what the server says: long messages are cut where they are shown.
    private const int DetailBesideAdvice = 90;

    // Longer than anybody waits, whatever a server says.
    private const double MostSeconds = 1e9;
    private static readonly TimeSpan s_loadingPoll = TimeSpan.FromSeconds(15);

    // More than any message shows, and as much as is looked through for keys: one that is cut at the end is not shown.
    private const int MaxRead = 2_048;

    private readonly KeyFilter _keys = new(model.Secrets);

    /// <summary>The failure that an error status is.</summary>
    /// <param name="status">The status.</param>
    /// <param name="reason">Its words.</param>
    /// <param name="header">Looks a header up.</param>
    /// <param name="body">The body.</param>
    /// <param name="sent">The request.</param>
    public FailedCallException OfStatus(int status, string? reason, Func<string, string?> header, BinaryData body, JsonObject sent)
    {
        var error = ErrorDetails.Of(body);
        var after = RetryAfter(header, error);
        var patient = after is null || after <= model.MaxRetryDelay;
        var complaint = Complaints.Of(status, error.Text, asksForShortWait: after is not null && patient);
        var failure = status switch
        {
            _ when complaint == Complaint.Filtered => ModelCallFailure.ContentFiltered,
            _ when complaint is Complaint.TooLong or Complaint.Quota => ModelCallFailure.Refused,
            408 => ModelCallFailure.Timeout,
            429 => ModelCallFailure.RateLimited,
            501 => ModelCallFailure.Refused,
            >= 500 => ModelCallFailure.ServerError,
            _ when complaint == Complaint.Loading => ModelCallFailure.ServerError,
            _ => ModelCallFailure.Refused,
        };

        // No wait helps against what is refused.
        var refused = failure is ModelCallFailure.Refused or ModelCallFailure.ContentFiltered;
        var isLoading = complaint == Complaint.Loading;
        var advice = AdviceFor(complaint) ?? (status is 400 or 422 or 501 && refused ? RefusedField.Advice(model, sent, error) : null);
        var detail = Clean(ErrorText.Of(body));
        if (advice is not null && detail.Length > DetailBesideAdvice)
        {
            detail = detail[..(char.IsHighSurrogate(detail[DetailBesideAdvice - 1]) ? DetailBesideAdvice - 1 : DetailBesideAdvice)].TrimEnd() + "...";
        }

        var wait = patient || refused || isLoading ? "" : string.Create(CultureInfo.InvariantCulture, $"; it asks to wait {after!.Value.TotalSeconds:0} s");
        return new FailedCallException(failure, Clean($"{status} {reason}") + (detail.Length > 0 ? $": {detail}" : "") + wait, isTransient: !refused && patient)
        {
            StatusCode = status,

            // When a model is there is a guess, and to ask again costs nothing.
            RetryAfter = isLoading ? after is { } guess && guess > s_loadingPoll ? s_loadingPoll : after : patient && !refused ? after : null,
            IsLoading = isLoading,
            Advice = advice,
        };
    }

    /// <summary>The failure that an exception is; the exception itself where it is none of the call's.</summary>
    /// <param name="exception">The exception.</param>
    /// <param name="began">Whether an answer had begun.</param>
    /// <param name="cancelled">Whether the caller cancelled.</param>
    public Exception Of(Exception exception, bool began, bool cancelled) => exception switch
    {
        FailedCallException => exception,
        OperationCanceledException when cancelled => exception,
        OperationCanceledException => new FailedCallException(
            ModelCallFailure.Timeout, string.Create(CultureInfo.InvariantCulture, $"no whole answer within {model.Timeout.TotalSeconds:0.###} s"), isTransient: true),
        ClientResultException { InnerException: { } inner } => Of(inner, began, cancelled),
        JsonException => new FailedCallException(ModelCallFailure.InvalidResponse, "the answer is not the JSON of a chat completion: " + Clean(FirstSentence(exception.Message)), isTransient: true),
        HttpRequestException or IOException or SocketException => new FailedCallException(
            began ? ModelCallFailure.CutStream : ModelCallFailure.Connection,
            (began ? "the answer broke off: " : "no connection: ") + Clean(exception.Message), isTransient: true),
        _ => exception,
    };

    /// <summary>The exception that a call which failed for good throws.</summary>
    public ModelCallException Final(FailedCallException failure, int attempts, CallTally tally) => new(
        failure.Failure,
        $"Model '{model.DisplayName}' at {model.Place} failed after {attempts} {(attempts == 1 ? "try" : "tries")}: {failure.Message}.{Advice(failure)}")
    {
        Attempts = attempts,
        MayPass = failure.MayPass,
        StatusCode = failure.StatusCode,
        Usage = tally.Usage,
        IsOutOfTime = failure.IsOutOfTime,
    };

    private static string? AdviceFor(Complaint complaint) => complaint switch
    {
        Complaint.Filtered => "The server's content filter refused it: change the prompt or the filter.",
        Complaint.TooLong => "Prompt and answer together are too long for the model: shorten the prompt, lower the limit of tokens, or use a model with a longer context.",
        Complaint.Quota => "The quota is used up, and no wait of this call helps: check the plan and billing of the account.",
        _ => null,
    };

    private static string Advice(FailedCallException failure) => failure switch
    {
        { Advice: { } advice } => " " + advice,
        { StatusCode: 401 or 403 } => " Check the key: 'keyVariable' names the environment variable that holds it.",
        { StatusCode: 404 } => " Check the endpoint and the model id.",
        { StatusCode: 405 } => " Check the endpoint: it is the base address, such as http://localhost:8000/v1.",
        { IsLoading: true } => " Raise 'timeoutSeconds' if the model takes longer to load.",
        { Failure: ModelCallFailure.Connection } => " Check that the server runs and that the endpoint is right.",
        { Failure: ModelCallFailure.RateLimited } => " Lower 'concurrency', or raise 'retries'.",
        { Failure: ModelCallFailure.Timeout } => " Raise 'timeoutSeconds' if the model needs longer.",
        _ => "",
    };

    /// <summary>A text from outside in one line of bounded length, without the key, which servers quote in their errors.</summary>
    public string Clean(string text)
    {
        // The key goes first: cut in half it would not be found.
        var whole = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        var line = _keys.Clean(whole.Length > MaxRead ? whole[..MaxRead] : whole).TrimEnd('.');
        return OutsideText.Visible(line.Length <= MaxDetail ? line : line[..MaxDetail] + "...");
    }

    // None that is over already: servers that say 0 mean no more than that they did not reckon, and a wait that grows does better.
    private TimeSpan? RetryAfter(Func<string, string?> header, ErrorDetails error)
    {
        var wait = Seconds(header("retry-after-ms")) is { } milliseconds ? milliseconds / 1000
            : header("retry-after") is { } text ? Seconds(text) ?? (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date)
                ? (date - time.GetUtcNow()).TotalSeconds
                : 0)
            : error.RetryDelay ?? WaitText.Asked(error.Text) ?? 0;
        return wait > 0 ? TimeSpan.FromSeconds(Math.Min(wait, MostSeconds)) : null;
    }

    private static double? Seconds(string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && !double.IsNaN(number) ? number : null;

    // The reader appends line and position of a text nobody sees.
    private static string FirstSentence(string message)
    {
        var end = message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return end < 0 ? message : message[..end];
    }
}
