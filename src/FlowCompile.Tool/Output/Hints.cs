using System.CommandLine;
using System.Text.RegularExpressions;

namespace FlowCompile.Tool.Output;

/// <summary>
/// Makes the commands that messages advise ones to copy: with <c>dotnet</c> in front, and with the project and the files of the command at work. A
/// message of the library names a command without them, for it does not know them. Advice to run what was just run is left out.
/// </summary>
internal static partial class Hints
{
    private static readonly string[] s_carried = ["--workflow", "--configuration", "--framework", "--property", "--store", "--plan"];
    private static string s_verb = "", s_project = "";
    private static List<(string Option, string Text)> s_options = [];
    private static HashSet<string> s_given = [];

    /// <summary>Takes note of the command at work.</summary>
    /// <param name="result">The command line.</param>
    /// <param name="project">The project as the user gave it; <see langword="null"/> where there was none.</param>
    public static void Set(ParseResult result, string? project)
    {
        s_verb = result.CommandResult.Command.Name;
        s_project = project is null ? "" : " " + Shell.Quote(project);
        s_given = [.. result.CommandResult.Command.Options.Where(option => result.GetResult(option) is { Implicit: false }).Select(option => option.Name)];
        s_options =
        [
            .. s_carried.SelectMany(name => result.CommandResult.Command.Options.Where(option => option.Name == name))
                .SelectMany(option => result.GetResult(option)?.Tokens.Select(token => (option.Name, $" {option.Name} {Shell.Quote(token.Value)}")) ?? []),
        ];
    }

    /// <summary>A message with its commands completed.</summary>
    public static ShownText Complete(ShownText message)
    {
        var text = message.ToString();
        if (!text.Contains("flowcompile", StringComparison.Ordinal))
        {
            return message;
        }

        var without = SameAdvice().Replace(text, match => IsJustRun(match.Groups["verb"].Value, match.Groups["options"].Value) ? "" : match.Value);
        return ShownText.OfMessage(Command().Replace(without, match => $"'dotnet flowcompile {match.Groups["verb"].Value}{Arguments(match.Groups["verb"].Value)}{match.Groups["options"].Value}'"));
    }

    private static string Arguments(string verb) => verb is "diff" or "import" ? ""
        : s_project + string.Concat(s_options.Where(one => one.Option != "--plan" || verb is not "deploy").Select(one => one.Text));

    private static bool IsJustRun(string verb, string options) =>
        verb == s_verb && options.Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(word => word.StartsWith('-')).All(s_given.Contains);

    [GeneratedRegex("'(?:dotnet )?flowcompile (?<verb>[a-z]+)(?<options>(?: --[a-z-]+)*)'")]
    private static partial Regex Command();

    // A clause that is nothing but advice: '; run ... again', '; ... measures the rest', '. Run ...'.
    [GeneratedRegex("(?:;|\\.) ?(?:[Rr]un )?'(?:dotnet )?flowcompile (?<verb>[a-z]+)(?<options>(?: --[a-z-]+)*)'[^;.]*(?=[;.]|$)")]
    private static partial Regex SameAdvice();
}
