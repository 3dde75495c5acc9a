using System.Collections.Immutable;
using System.Globalization;
using FlowCompile.Generators.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FlowCompile.CodeFixes;

/// <summary>Sorts reasoning budgets and drops what a list of budgets or models has twice.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(SortListFix))]
public sealed class SortListFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(SettingDescriptors.BadBudgets.Id, SettingDescriptors.RepeatedModel.Id);

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (var diagnostic in context.Diagnostics)
        {
            if (Numbers(diagnostic, FixFacts.Order) is not { Length: > 0 } order || Numbers(diagnostic, FixFacts.Count) is not { Length: 1 } count
                || root?.Find<AttributeArgumentSyntax>(diagnostic.Location)?.Expression is not { } list)
            {
                continue;
            }

            var sorted = Sorted(list, order, count[0]);
            if (sorted is not null)
            {
                var isOfBudgets = diagnostic.Id == SettingDescriptors.BadBudgets.Id;
                context.Register(
                    diagnostic,
                    isOfBudgets ? "Sort the budgets, each once" : "Name each model once",
                    nameof(SortListFix) + (isOfBudgets ? ".Budgets" : ".Models"),
                    root,
                    root => root.ReplaceNode(list, sorted));
            }
        }
    }

    private static ExpressionSyntax? Sorted(ExpressionSyntax list, int[] order, int count) => list switch
    {
        CollectionExpressionSyntax collection when collection.Elements.Count == count =>
            collection.WithElements(Sorted(collection.Elements, order)),
        ImplicitArrayCreationExpressionSyntax array when array.Initializer.Expressions.Count == count =>
            array.WithInitializer(array.Initializer.WithExpressions(Sorted(array.Initializer.Expressions, order))),
        ArrayCreationExpressionSyntax { Initializer: { } initializer } array when initializer.Expressions.Count == count && HasNoSize(array) =>
            array.WithInitializer(initializer.WithExpressions(Sorted(initializer.Expressions, order))),
        _ => null,
    };

    // The space between the items stays where it is, so a list over several lines keeps its shape; a comment goes with its item.
    private static SeparatedSyntaxList<T> Sorted<T>(SeparatedSyntaxList<T> items, int[] order)
        where T : SyntaxNode
    {
        var hasComments = items.Any(item => item.GetLeadingTrivia().Concat(item.GetTrailingTrivia()).Any(trivia => !string.IsNullOrWhiteSpace(trivia.ToString())));
        var sorted = order.Select((from, to) => hasComments ? items[from] : items[from].WithTriviaFrom(items[to])).ToList();
        var last = sorted[sorted.Count - 1];
        sorted[sorted.Count - 1] = hasComments ? last : last.WithTrailingTrivia(items[items.Count - 1].GetTrailingTrivia());
        var commas = items.GetSeparators().ToList();

        // A comma after the last item stays.
        var kept = commas.Take(order.Length - 1).Concat(commas.Count == items.Count ? commas.Skip(items.Count - 1) : []);
        return Microsoft.CodeAnalysis.CSharp.SyntaxFactory.SeparatedList(sorted, kept);
    }

    private static bool HasNoSize(ArrayCreationExpressionSyntax array) =>
        array.Type.RankSpecifiers.All(rank => rank.Sizes.All(size => size is OmittedArraySizeExpressionSyntax));

    private static int[] Numbers(Diagnostic diagnostic, string key) => diagnostic.Fact(key) is { Length: > 0 } text
        ? [.. text.Split(',').Select(number => int.Parse(number, CultureInfo.InvariantCulture))]
        : [];
}
