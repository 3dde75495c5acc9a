using System.Text.RegularExpressions;
using FlowCompile.Generators.Tests.Harness;

namespace FlowCompile.Generators.Tests;

/// <summary>The hash of a node's source changes with what the node does, and with nothing else.</summary>
public class SourceCodeTests
{
    private const string Source = """
        using System.Text.RegularExpressions;
        using FlowCompile;

        [Workflow("w")]
        public sealed partial class W
        {
            private const string Prompt = "[solve] ";
            private static readonly string s_end = "!";
            private readonly int _unread = 1;

            [SubAgent(Budgets = [0, 8])]
            public async ValueTask<string> Draft(string question, SubAgentContext agent, CancellationToken cancellationToken)
            {
                var words = question.Split(' ').Where(word => word.Length > 1).Select(word => Tidy(word)).ToList();
                foreach (var style in new Styles())
                {
                    words.Add($"{style} {new Box<int>(7)}");
                }

                return (await agent.CompleteAsync(Prompt + string.Join(' ', words) + s_end + (int)Level.High + Own.Text(words) + (new Amount(1) + new Amount(2)), cancellationToken)).Text;
            }

            [Tool, Output]
            public static string Trim([From(nameof(Draft))] string draft) => draft.Trim();

            [Score]
            public static double Score(Case expected, string answer) => Same(expected.Answer, answer) ? 1 : 0;

            private static bool Same(string one, string other) => one == other;

            private static string Tidy(string word) => Kind(word) switch { 0 => word, 1 => Blank().Replace(word, ""), _ => Tidy(word[1..]) };

            private static int Kind(string word) => word.Length % 3;

            private static partial string Shared(string text);

            private static partial string Shared(string text) => text + "shared";

            private static Regex Blank() => new("[ ]");

            public string Unread() => $"{_unread}";
        }

        public sealed record Case(string Question, string Answer);

        public enum Level { Low = 1, High = 2 }

        public static class Own { public static string Text<T>(T value) => $"<{value}>"; public static string Other() => "other"; }

        public sealed class Box<T>(T value) { private readonly string _open = "("; public override string ToString() => _open + value; public string Hide() => "hidden"; }

        public readonly struct Amount(int count) { public int Count => count; public static string operator +(Amount one, Amount other) => $"{one.Count + other.Count} pieces"; }

        public sealed class Styles { public IEnumerator<string> GetEnumerator() { yield return "short"; } }
        """;

    [Theory]
    [InlineData("\"[solve] \"", "\"[solve]: \"")] // a constant
    [InlineData("s_end = \"!\"", "s_end = \"?\"")] // a field
    [InlineData("word.Length > 1", "word.Length > 2")] // in a lambda
    [InlineData("1 => Blank()", "2 => Blank()")] // in a method it calls
    [InlineData("word.Length % 3", "word.Length % 4")] // in a method that this one calls
    [InlineData("\"[ ]\"", "\"[  ]\"")] // and in one that that calls
    [InlineData("High = 2", "High = 3")] // the value of an enum
    [InlineData("$\"<{value}>\"", "$\"[{value}]\"")] // in another class
    [InlineData("new Box<int>(7)", "new Box<long>(7)")] // a type argument
    [InlineData("_open = \"(\"", "_open = \"[\"")] // what an instance starts with
    [InlineData("_open + value", "value + _open")] // an override that nobody names
    [InlineData("pieces", "items")] // an operator
    [InlineData("\"short\"", "\"long\"")] // what a loop calls
    public void An_edit_of_what_the_node_does_changes_its_hash_and_no_other(string text, string edited)
    {
        var (before, after) = (Hashes(Source), Hashes(Edit(text, edited)));

        Assert.NotEqual(before["Draft"], after["Draft"]);
        Assert.Equal(before["Trim"], after["Trim"]);
        Assert.Equal(before[""], after[""]);
    }

    [Theory]
    [InlineData("_unread = 1", "_unread = 2")] // a field that it does not read
    [InlineData("\"hidden\"", "\"out\"")] // a method that it does not call
    [InlineData("\"other\"", "\"another\"")] // of a class that it does
    [InlineData("Budgets = [0, 8]", "Budgets = [0]")] // its attribute: what is measured, not what it does
    [InlineData("private static int Kind", "// a comment\n\n    internal   static int Kind")] // text that is no code
    [InlineData("public sealed record Case", "#if DEBUG\n#endif\npublic sealed record Added(int Number);\n\npublic sealed record Case")] // something new
    public void An_edit_elsewhere_leaves_every_hash(string text, string edited) => Assert.Equal(Hashes(Source), Hashes(Edit(text, edited)));

    [Fact]
    public void The_score_methods_have_one_of_their_own()
    {
        var (before, after) = (Hashes(Source), Hashes(Edit("one == other", "one.Length == other.Length")));

        Assert.NotEqual(before[""], after[""]);
        Assert.Equal(before["Draft"], after["Draft"]);
    }

    private static string Edit(string text, string edited)
    {
        Assert.Contains(text, Source, StringComparison.Ordinal);
        return Source.Replace(text, edited, StringComparison.Ordinal);
    }

    private static Dictionary<string, string> Hashes(string source)
    {
        var run = GeneratorRun.Over([Sources.ImplicitUsings, source]);
        run.AssertCompiles();
        return Regex.Matches(run.Generated["W.Code.g.cs"], "WorkflowCode\\(\"W\", \"(.*?)\", \"([0-9a-f]{64})\"\\)").ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value);
    }
}
