using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace FlowCompile.Profiling.Tests.Code;

public sealed class CodeHashTests
{
    private const string Source = """
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using System.Threading.Tasks;

        public class Agents
        {
            private static readonly string Prompt = "[solve] ";
            private readonly int _unread = 1;
            private static int s_calls;

            public int Before(int x) => x + 1;

            public async ValueTask<string> Solve(string problem)
            {
                await Task.Yield();
                s_calls++;
                try
                {
                    var words = problem.Split(' ').Where(word => word.Length > 1).Select(word => Tidy(word)).ToList();
                    return Prompt + string.Join(' ', words) + new Box<int>(7).Show();
                }
                catch (FormatException)
                {
                    return "none";
                }
            }

            private static string Tidy(string word) => Kind(word) switch { 0 => word, 1 => word.Trim(), _ => Tidy(word[1..]) };

            private static int Kind(string word) => word.Length % 3;

            public string After(string y) => new string[] { "a", y }.First(one => one == y);
        }

        public sealed class Box<T>(T value)
        {
            public string Show() => $"{value}";

            public string Hide() => "hidden";
        }
        """;

    private static readonly MetadataReference[] s_references =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal) || path.EndsWith("netstandard.dll", StringComparison.Ordinal))
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    [Theory]
    [InlineData("\"[solve] \"", "\"[solve]: \"")] // the prompt, in a field
    [InlineData("\"none\"", "\"nothing\"")] // in a handler
    [InlineData("FormatException", "ArgumentException")] // what is caught
    [InlineData("word.Length > 1", "word.Length > 2")] // in a lambda
    [InlineData("1 => word.Trim()", "1 => word.TrimEnd()")] // in a method it calls
    [InlineData("word.Length % 3", "word.Length % 4")] // in a method that this one calls
    [InlineData("$\"{value}\"", "$\"<{value}>\"")] // in a generic type
    [InlineData("new Box<int>(7)", "new Box<long>(7)")] // in a type argument
    [InlineData("await Task.Yield();", "")] // in the state machine
    public void Edit_of_what_the_method_does_changes_its_hash(string text, string edited) =>
        Assert.NotEqual(Hash(Source), Hash(Edit(text, edited)));

    [Theory]
    [InlineData("x + 1", "x + 2")] // another method
    [InlineData("public int Before", "public static int Added(int z) => z; public Func<int> Lazy() => () => 5; public int Before")] // new members in front
    [InlineData("_unread = 1", "_unread = 2")] // a field that it does not read
    [InlineData("\"hidden\"", "\"out\"")] // a method that it does not call
    [InlineData("one == y", "one != y")] // a lambda after it
    [InlineData("\n    private static string Tidy", "\n    // a comment\n\n    private static string Tidy")] // text that is no code
    public void Edit_elsewhere_leaves_the_hash(string text, string edited) =>
        Assert.Equal(Hash(Source), Hash(Edit(text, edited)));

    [Fact]
    public void Methods_that_call_each_other_end() =>
        Assert.NotEqual(Hash(Edit("word.Length % 3", "Tidy(word).Length")), Hash(Source));

    private static string Edit(string text, string edited)
    {
        Assert.Contains(text, Source, StringComparison.Ordinal);
        return Source.Replace(text, edited, StringComparison.Ordinal);
    }

    private static string Hash(string source)
    {
        var compilation = CSharpCompilation.Create(
            "Agents", [CSharpSyntaxTree.ParseText(source)], s_references, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release));
        using var stream = new MemoryStream();
        var result = compilation.Emit(stream);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics));
        stream.Position = 0;
        var context = new AssemblyLoadContext(null, isCollectible: true);
        try
        {
            return CodeHash.Of(context.LoadFromStream(stream).GetType("Agents")!.GetMethod("Solve", BindingFlags.Public | BindingFlags.Instance)!);
        }
        finally
        {
            context.Unload();
        }
    }
}
