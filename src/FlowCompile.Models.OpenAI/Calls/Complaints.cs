using System.Text.RegularExpressions;

namespace FlowCompile.Models.OpenAI;

/// <summary>Tells what errors are about by the words that servers use.</summary>
internal static partial class Complaints
{
    /// <summary>What an error is about.</summary>
    /// <param name="status">Its status.</param>
    /// <param name="text">All its texts.</param>
    /// <param name="asksForShortWait">Whether the server says that a short wait helps.</param>
    public static Complaint Of(int status, string text, bool asksForShortWait) =>
        FilteredWords().IsMatch(text) ? Complaint.Filtered
        : (status == 429 ? TooLargeWords() : TooLongWords()).IsMatch(text) ? Complaint.TooLong
        : status is 402 or 403 or 429 or 503 && IsQuota(text, asksForShortWait) ? Complaint.Quota
        : status is 409 or 425 or 429 or >= 500 && LoadingWords().IsMatch(text) && !FailureWords().IsMatch(text) ? Complaint.Loading
        : Complaint.Other;

    // Providers say the same of money and of a minute's calls ("you exceeded your current quota"): the period decides, where one is named.
    private static bool IsQuota(string text, bool asksForShortWait)
    {
        var isMinute = MinuteWords().IsMatch(text);
        return text.Contains("insufficient_quota", StringComparison.Ordinal)
            || (DayWords().IsMatch(text) ? !(isMinute && asksForShortWait) : !isMinute && MoneyWords().IsMatch(text));
    }

    [GeneratedRegex(@"\bcontent[ _-]?filter(s|ed|ing)?\b|ResponsibleAIPolicyViolation|content management policy|content_?policy_?violation|PROHIBITED_CONTENT|data_?inspection_?failed|SensitiveContent|Content Exists Risk|flagged (for|by|as)\b|requires moderation|violat\w+ [^.\n]{0,60}\b(content|usage) polic", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex FilteredWords();

    [GeneratedRegex(@"context_length_exceeded|exceed_context_size_error|maximum context length|context (length|window|size)[^.\n]{0,60}\b(exceed|too )|\b(exceed\w*|longer than|larger than|greater than)\b[^\n]{0,60}\bcontext (length|window|size)|(prompt|input) is too long|reduce the length of the (messages|prompt|input)|token count[^.\n]{0,60}\bexceeds", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex TooLongWords();

    [GeneratedRegex(@"context_length_exceeded|\brequest too large\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex TooLargeWords();

    [GeneratedRegex(@"\b[Pp]er[ _-]?([Ss]ec|[Mm]in)|Per(Second|Minute)|\b(RPM|TPM|RPS)\b", RegexOptions.CultureInvariant)]
    private static partial Regex MinuteWords();

    [GeneratedRegex(@"\bper[ _-]?(day|week|month)|Per(Day|Week|Month)|\b(daily|weekly|monthly|RPD|TPD)\b|\btomorrow\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex DayWords();

    [GeneratedRegex(@"exceeded your current quota|insufficient[ _](balance|credits?|funds|quota)|billing_(hard_limit|not_active)|(billing|spend\w*|credit|usage|budget) limit|credit balance|(out of|not enough|no) credits|payment[ _]required|in arrears|quota (has been|is) (used up|exhausted|exceeded)|quota_exceeded", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex MoneyWords();

    [GeneratedRegex(@"\bloading\b[^.\n]{0,60}\bmodel|\bmodel\b[^\n]{0,160}\b(loading|being loaded|warming up|starting up|not ready|not yet ready|initiali[sz]ing)\b|\b(still|currently|(server|service) is) (loading|starting|warming|initiali[sz]ing)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex LoadingWords();

    [GeneratedRegex(@"\bfail(ed|ure|s)?\b|\berror (while |when )?(loading|starting)|\b(unable to|(could|can) ?not|can't) (be )?(load|start)|out of memory", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex FailureWords();
}
