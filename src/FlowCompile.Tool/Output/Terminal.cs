using Spectre.Console;

namespace FlowCompile.Tool.Output;

/// <summary>
/// The way to standard output and standard error, and the only one: no other class of the tool uses the console. What is written is a
/// <see cref="ShownText"/>, in which every text from outside is harmless; what libraries and the user's own code write to the console passes
/// through a <see cref="VisibleWriter"/>.
/// </summary>
internal static class Terminal
{
    private static readonly TextWriter s_output = Console.Out;
    private static readonly TextWriter s_error = Console.Error;
    private static readonly OpenLine s_progress = new(s_error);
    private static readonly Lazy<IAnsiConsole> s_boxes = new(() => AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(s_output) }));

    /// <summary>Whether standard output is no terminal.</summary>
    public static bool IsOutputPiped { get; } = Console.IsOutputRedirected;

    /// <summary>Whether standard error is no terminal.</summary>
    public static bool IsErrorPiped { get; } = Console.IsErrorRedirected;

    /// <summary>The terminal library, which takes its time to start and is not needed where output is piped.</summary>
    public static IAnsiConsole Boxes
    {
        get
        {
            EndProgress();
            return s_boxes.Value;
        }
    }

    /// <summary>Puts the console of this process behind writers that make hidden characters visible. The first thing that the tool does.</summary>
    public static void Guard()
    {
        Console.SetOut(new VisibleWriter(s_output));
        Console.SetError(new VisibleWriter(s_error));
    }

    /// <summary>Writes a line to standard output.</summary>
    /// <param name="text">The line.</param>
    public static void Line(ShownText text) => s_progress.WriteLine(s_output, text.ToString());

    /// <summary>Writes a line to standard error.</summary>
    /// <param name="text">The line.</param>
    public static void ErrorLine(ShownText text) => s_progress.WriteLine(s_error, text.ToString());

    /// <summary>Writes a text of several lines, such as the stack of an exception, to standard error.</summary>
    /// <param name="text">The text.</param>
    public static void ErrorLines(string text)
    {
        foreach (var line in text.Split('\n'))
        {
            s_progress.WriteLine(s_error, OutsideText.Show(line.TrimEnd('\r'), OutsideText.MessageLimit));
        }
    }

    /// <summary>Writes JSON to standard output. It stays the same value: hidden characters of its texts are written as JSON's own escapes.</summary>
    /// <param name="json">The JSON, of which only blanks between its values are line ends.</param>
    public static void Json(string json)
    {
        foreach (var line in json.Split('\n'))
        {
            s_progress.WriteLine(s_output, OutsideText.Visible(line.TrimEnd('\r')));
        }
    }

    /// <summary>Writes a line of a document, whose writer has escaped and bounded what comes from outside, to standard output.</summary>
    /// <param name="line">The line.</param>
    public static void Document(string line) => s_progress.WriteLine(s_output, OutsideText.Visible(line));

    /// <summary>Writes over the line of progress on standard error, which stays open until something else is written.</summary>
    /// <param name="text">The line.</param>
    public static void Progress(ShownText text) => s_progress.Overwrite(text.ToString(), Math.Max(20, AnsiConsole.Profile.Width - 1));

    /// <summary>Ends the line of progress, if one stands there.</summary>
    public static void EndProgress() => s_progress.End();
}
