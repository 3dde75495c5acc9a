using System.Globalization;
using System.Text.Json.Nodes;

namespace FlowCompile.Models.OpenAI;

/// <summary>The failure that a server tells within an answer which began well: an error in a stream, or in a body of status 200.</summary>
internal static class InBandError
{
    // Kinds of errors that no other try mends, where no status says so.
    private static readonly string[] s_refusals =
        ["invalid_request", "invalid request", "badrequest", "bad_request", "authentication", "unauthorized", "permission", "not_found", "invalid_api_key"];

    private static readonly string[] s_limits = ["rate_limit", "rate limit", "too many requests"];

    /// <summary>Reads an error.</summary>
    /// <param name="error">What the server sent: a text, or an object with a message.</param>
    /// <param name="failures">Cleans the text.</param>
    public static FailedCallException Of(JsonNode error, Failures failures)
    {
        var inner = error.Object("error") ?? error as JsonObject;
        var message = error.AsText() ?? inner.Text("message") ?? error.Text("message") ?? inner.Text("detail") ?? error.Text("error") ?? inner.Text("code") ?? error.ToJsonString();
        var text = error.AsText() ?? ErrorDetails.Of(BinaryData.FromString(error.ToJsonString())).Text;
        var status = Status(inner) ?? (Says(text, s_limits) ? 429 : Says(text, s_refusals) ? 400 : null);
        var complaint = Complaints.Of(status ?? 500, text, asksForShortWait: false);

        // A quota is one whether or not a status says so.
        complaint = complaint == Complaint.Other && status is null && Complaints.Of(429, text, asksForShortWait: false) == Complaint.Quota ? Complaint.Quota : complaint;
        var (failure, mayPass) = complaint switch
        {
            Complaint.Filtered => (ModelCallFailure.ContentFiltered, false),
            Complaint.TooLong or Complaint.Quota => (ModelCallFailure.Refused, false),
            _ => status switch
            {
                408 => (ModelCallFailure.Timeout, true),
                429 => (ModelCallFailure.RateLimited, true),
                >= 400 and < 500 => (ModelCallFailure.Refused, false),
                _ => (ModelCallFailure.ServerError, true),
            },
        };
        var what = failure switch
        {
            ModelCallFailure.ContentFiltered => "a content filter stopped the answer: ",
            ModelCallFailure.Refused => "the server refuses the call: ",
            _ => "the server gave up: ",
        };
        return new FailedCallException(failure, what + failures.Clean(message), mayPass) { StatusCode = Status(inner) };
    }

    private static bool Says(string text, string[] words) => Array.Exists(words, word => text.Contains(word, StringComparison.OrdinalIgnoreCase));

    private static int? Status(JsonObject? error)
    {
        foreach (var name in (string[])["code", "status", "status_code", "http_code"])
        {
            if (error.Count(name) is >= 400 and < 600 and var code)
            {
                return (int)code;
            }
        }

        return int.TryParse(error.Text("http_status"), NumberStyles.None, CultureInfo.InvariantCulture, out var text) && text is >= 400 and < 600 ? text : null;
    }
}
