using FlowCompile.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FlowCompile.Generators.Tests;

/// <summary>Hundreds of broken versions of the sample's workflow, as they come about while somebody types: nothing ever throws.</summary>
public class RobustnessTests
{
    private const int Versions = 1500;
    private const int Analyzed = 300;

    [Fact]
    public async Task BrokenVersionsOfTheSample_NeverMakeGeneratorOrAnalyzersThrow()
    {
        var random = new Random(20260731);
        var source = Sources.Sample("MathWorkflow.cs");
        var whole = GeneratorRun.Compile(Sources.SampleWorkflow());
        var tree = whole.SyntaxTrees.Single(tree => tree.ToString().Contains("class MathWorkflow", StringComparison.Ordinal));
        AdditionalText[] files = [Sources.SampleSettings(), Sources.Plan("math")];
        GeneratorDriver driver = CSharpGeneratorDriver.Create([new WorkflowGenerator().AsSourceGenerator()], files, GeneratorRun.ParseOptions);

        for (var i = 0; i < Versions; i++)
        {
            var broken = Break(source, random);
            var edited = whole.ReplaceSyntaxTree(tree, CSharpSyntaxTree.ParseText(broken, GeneratorRun.ParseOptions, tree.FilePath));

            // The driver goes on from the version before, as in an editor.
            driver = driver.RunGeneratorsAndUpdateCompilation(edited, out var output, out var diagnostics);

            Assert.True(diagnostics.IsEmpty, $"Version {i}: {diagnostics.FirstOrDefault()}\n{broken}");
            if (i % (Versions / Analyzed) == 0)
            {
                var found = await Analysis.DiagnosticsAsync(output, [.. files]);
                Assert.False(found.Any(diagnostic => diagnostic.Id == "AD0001"), $"Version {i}: {found.FirstOrDefault(diagnostic => diagnostic.Id == "AD0001")}\n{broken}");
            }
        }
    }

    private static string Break(string source, Random random)
    {
        var text = source;
        for (var edits = random.Next(1, 4); edits > 0; edits--)
        {
            text = random.Next(6) switch
            {
                0 => DeleteToken(text, random),
                1 => SwapAttributes(text, random),
                2 => text[..random.Next(1, text.Length)],
                3 => DeleteLine(text, random),
                4 => RepeatLine(text, random),
                _ => ReplaceToken(text, random),
            };
        }

        return text;
    }

    private static string DeleteToken(string text, Random random)
    {
        var token = Pick(Tokens(text), random);
        return text.Remove(token.SpanStart, token.Span.Length);
    }

    private static string ReplaceToken(string text, Random random)
    {
        string[] others = ["int", "void", "\"x\"", "null", "-1", "class", "ref", "out", "static", "@", "[", "]", "(", ")", "{", "}", "nameof(Select)", "typeof(int)", "<T>", "params", "file", "default", "99999999999"];
        var token = Pick(Tokens(text), random);
        return text.Remove(token.SpanStart, token.Span.Length).Insert(token.SpanStart, Pick(others, random));
    }

    private static string SwapAttributes(string text, Random random)
    {
        var attributes = CSharpSyntaxTree.ParseText(text).GetRoot().DescendantNodes().OfType<AttributeSyntax>().ToArray();
        if (attributes.Length < 2)
        {
            return text;
        }

        var (first, second) = (Pick(attributes, random).Span, Pick(attributes, random).Span);
        if (first.Start > second.Start)
        {
            (first, second) = (second, first);
        }

        return first.End > second.Start
            ? text
            : text[..first.Start] + text[second.Start..second.End] + text[first.End..second.Start] + text[first.Start..first.End] + text[second.End..];
    }

    private static string DeleteLine(string text, Random random)
    {
        var lines = text.Split('\n').ToList();
        lines.RemoveAt(random.Next(lines.Count));
        return string.Join('\n', lines);
    }

    private static string RepeatLine(string text, Random random)
    {
        var lines = text.Split('\n').ToList();
        lines.Insert(random.Next(lines.Count), Pick(lines, random));
        return string.Join('\n', lines);
    }

    private static SyntaxToken[] Tokens(string text) =>
        [.. CSharpSyntaxTree.ParseText(text).GetRoot().DescendantTokens().Where(token => token.Span.Length > 0 || token.IsKind(SyntaxKind.EndOfFileToken))];

    private static T Pick<T>(IReadOnlyList<T> items, Random random) => items[random.Next(items.Count)];
}
