using System.Collections;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace FlowCompile.Generators.Tests.Harness;

/// <summary>What must hold of every run of the generator: an unrelated edit re-runs nothing, and no step keeps anything of the compiler.</summary>
internal static class CacheCheck
{
    private static readonly string[] s_steps =
        [.. typeof(TrackingNames).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!)];

    /// <summary>Runs the generator again over an edited compilation, and requires that nothing had to be made again.</summary>
    public static void AssertNothingIsMadeAgain(GeneratorDriver driver, CSharpCompilation edited)
    {
        var again = driver.RunGenerators(edited).GetRunResult().Results.Single();

        foreach (var step in again.TrackedSteps.Where(step => s_steps.Contains(step.Key)))
        {
            foreach (var (_, reason) in step.Value.SelectMany(run => run.Outputs))
            {
                Assert.True(reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged, $"{step.Key} was {reason}.");
            }
        }

        Assert.All(again.TrackedOutputSteps.SelectMany(step => step.Value).SelectMany(run => run.Outputs), output =>
            Assert.Equal(IncrementalStepRunReason.Cached, output.Reason));
    }

    /// <summary>An edit in a file of its own.</summary>
    public static CSharpCompilation WithUnrelatedEdit(CSharpCompilation compilation) =>
        compilation.AddSyntaxTrees(CSharpSyntaxTree.ParseText("internal static class Unrelated;", GeneratorRun.ParseOptions, "Unrelated.cs"));

    /// <summary>Walks everything that the steps gave, and requires that none of it is the compiler's.</summary>
    public static void AssertFreeOfTheCompiler(GeneratorRunResult result)
    {
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        foreach (var step in result.TrackedSteps.Where(step => s_steps.Contains(step.Key)))
        {
            foreach (var (value, _) in step.Value.SelectMany(run => run.Outputs))
            {
                Visit(value, step.Key, seen);
            }
        }
    }

    private static void Visit(object? value, string path, HashSet<object> seen)
    {
        if (value is null or string || value.GetType().IsPrimitive || value.GetType().IsEnum || !seen.Add(value))
        {
            return;
        }

        Assert.False(IsOfTheCompiler(value.GetType()), $"{path} holds a {value.GetType()}.");
        if (value is IEnumerable items)
        {
            foreach (var item in items)
            {
                Visit(item, path + "[]", seen);
            }
        }

        for (var type = value.GetType(); type is not null && type != typeof(object); type = type.BaseType)
        {
            foreach (var field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            {
                Visit(field.GetValue(value), $"{path}.{field.Name}", seen);
            }
        }
    }

    // Assignable, not exact: an implementation of ISymbol is internal to the compiler.
    private static bool IsOfTheCompiler(Type type) =>
        IsCompilers(type) || type.GetInterfaces().Any(IsCompilers) || (type.BaseType is { } parent && IsOfTheCompiler(parent));

    private static bool IsCompilers(Type type) => type.Assembly.GetName().Name!.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal);
}
