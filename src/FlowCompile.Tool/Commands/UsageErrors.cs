using System.CommandLine;
using System.CommandLine.Parsing;
using FlowCompile.Json;

namespace FlowCompile.Tool.Commands;

/// <summary>Says what is wrong with a command line: one statement for each mistake, with the name that was probably meant.</summary>
internal static class UsageErrors
{
    /// <summary>The mistakes; none where the command line is right.</summary>
    public static IEnumerable<ShownText> Of(ParseResult result)
    {
        var command = result.CommandResult.Command;
        var isRoot = result.RootCommandResult.Command == command;
        var name = isRoot ? "dotnet flowcompile" : command.Name;
        var see = isRoot ? "dotnet flowcompile --help" : $"dotnet flowcompile {command.Name} --help";
        var first = result.UnmatchedTokens is [var token, ..] ? token : null;
        if (isRoot && first is not null && !IsOption(first))
        {
            return [$"There is no verb '{first}': {Meant(first, [.. command.Subcommands.Select(verb => verb.Name)])} See '{ShownText.OfMessage(see)}'."];
        }

        // What follows an unknown option may be its value; that is no second mistake.
        var unknown = UnknownOptions(result);
        if (unknown.Count > 0)
        {
            return unknown.Select(option => (ShownText)$"'{name}' has no option '{option}': {Meant(option, OptionsOf(result))} See '{ShownText.OfMessage(see)}'.");
        }

        if (first is not null)
        {
            return [$"'{name}' takes no '{first}' here; put a path with blanks into quotation marks. See '{ShownText.OfMessage(see)}'."];
        }

        return result.Errors.Select(error => error.Message).Distinct(StringComparer.Ordinal).Select(message => (ShownText)$"{ShownText.OfMessage(message)} See '{ShownText.OfMessage(see)}'.");
    }

    // A question, or the whole list; either is a sentence.
    private static ShownText Meant(string word, List<string> names) =>
        NearestName.Suggest(word, names) is var meant && meant.EndsWith('?') ? ShownText.OfMessage(meant) : ShownText.OfMessage(meant + ".");

    // The parser takes an option that it does not know for an argument, where one may stand. After '--' it is one.
    private static List<string> UnknownOptions(ParseResult result)
    {
        var arguments = result.Tokens.Any(token => token.Type == TokenType.DoubleDash) ? []
            : result.CommandResult.Children.OfType<ArgumentResult>().SelectMany(argument => argument.Tokens).Select(token => token.Value);
        return [.. arguments.Concat(result.UnmatchedTokens).Where(IsOption).Select(token => token.Split('=', ':')[0]).Distinct(StringComparer.Ordinal)];
    }

    private static bool IsOption(string token) => token.Length > 1 && token[0] == '-' && !char.IsAsciiDigit(token[1]);

    private static List<string> OptionsOf(ParseResult result)
    {
        var own = result.CommandResult.Command.Options;
        var shared = result.RootCommandResult.Command.Options.Where(option => option.Recursive);
        return [.. own.Concat(shared).SelectMany(option => option.Aliases.Prepend(option.Name)).Where(name => name.StartsWith("--", StringComparison.Ordinal)).Distinct(StringComparer.Ordinal)];
    }
}
