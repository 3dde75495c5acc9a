using System.Diagnostics;
using System.Globalization;

namespace FlowCompile.Tool.Output;

/// <summary>
/// Shows how far long work is, on standard error so that standard output stays the result's: a line that is rewritten on a terminal, a
/// new line every few seconds when piped.
/// </summary>
internal sealed class ProgressDisplay : IDisposable
{
    private static readonly TimeSpan s_terminalInterval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_pipedInterval = TimeSpan.FromSeconds(5);
    private readonly Lock _lock = new();
    private readonly bool _terminal = !Terminal.IsErrorPiped;
    private readonly Stopwatch _sinceShown = new();
    private string _phase = "";
    private string _last = "";

    /// <summary>Shows a state of the work, if it is time to.</summary>
    /// <param name="phase">What is being done.</param>
    /// <param name="detail">On what, at the moment.</param>
    /// <param name="done">How many are done.</param>
    /// <param name="total">Of how many; 0 while that is not known.</param>
    /// <param name="rate">How many a second.</param>
    /// <param name="left">The time left, where it can be told.</param>
    public void Show(string phase, string detail, long done, long total, double rate, TimeSpan? left)
    {
        lock (_lock)
        {
            if (phase == _phase && (done < total || total == 0) && _sinceShown.IsRunning && _sinceShown.Elapsed < (_terminal ? s_terminalInterval : s_pipedInterval))
            {
                return;
            }

            if (phase != _phase)
            {
                EndLine();
                _phase = phase;
            }

            _sinceShown.Restart();
            ShownText of = total == 0 ? "" : (ShownText)$"  {done:N0} of {total:N0}";
            ShownText speed = rate > 0 ? (ShownText)$"  {rate:N0}/s" : "";
            ShownText end = left is { } time && done < total ? (ShownText)$"  {Duration(time)} left" : "";
            ShownText on = detail.Length > 0 ? (ShownText)$"  {detail}" : "";
            Write($"{phase}{of}{speed}{end}{on}");
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            EndLine();
        }
    }

    /// <summary>A duration as a person says it: <c>45 s</c>, <c>3 min 20 s</c>, <c>2 h 5 min</c>.</summary>
    public static string Duration(TimeSpan time) => time switch
    {
        { TotalSeconds: < 60 } => string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(time.TotalSeconds):0} s"),
        { TotalMinutes: < 60 } => string.Create(CultureInfo.InvariantCulture, $"{time.Minutes} min {time.Seconds} s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours} h {time.Minutes} min"),
    };

    private void Write(ShownText line)
    {
        if (line.ToString() == _last)
        {
            return;
        }

        _last = line.ToString();
        if (_terminal)
        {
            Terminal.Progress(line);
        }
        else
        {
            Terminal.ErrorLine(line);
        }
    }

    private void EndLine()
    {
        Terminal.EndProgress();
        _last = "";
    }
}
