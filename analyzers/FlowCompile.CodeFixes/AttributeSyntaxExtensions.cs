using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FlowCompile.CodeFixes;

/// <summary>Attributes as written.</summary>
internal static class AttributeSyntaxExtensions
{
    private const string Suffix = "Attribute";

    /// <summary>Whether an attribute is written with a name, qualified or not.</summary>
    public static bool HasName(this AttributeSyntax attribute, string name) => attribute.Name.GetLastToken().ValueText is var written
        && (written == name || written == name + Suffix);

    /// <summary>An attribute of another name, qualified in the same way.</summary>
    public static NameSyntax Renamed(this NameSyntax written, string name)
    {
        var simple = SyntaxFactory.IdentifierName(name);
        return (written switch
        {
            QualifiedNameSyntax qualified => qualified.WithRight(simple),
            AliasQualifiedNameSyntax alias => alias.WithName(simple),
            _ => (NameSyntax)simple,
        }).WithTriviaFrom(written);
    }

    /// <summary>Adds an attribute to a list, qualified as its first is.</summary>
    public static SeparatedSyntaxList<AttributeSyntax> AddAfter(this SeparatedSyntaxList<AttributeSyntax> attributes, string name)
    {
        var added = SyntaxFactory.Attribute(attributes[0].Name.Renamed(name).WithoutTrivia());
        var comma = attributes.SeparatorCount > 0
            ? attributes.GetSeparator(0)
            : SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(SyntaxFactory.Space);
        return SyntaxFactory.SeparatedList(attributes.Append(added), attributes.GetSeparators().Append(comma));
    }

    /// <summary>Takes attributes away; a list that is left empty goes with them.</summary>
    public static SyntaxList<AttributeListSyntax> Without(this SyntaxList<AttributeListSyntax> lists, Func<int, int, bool> isRemoved)
    {
        var kept = new List<AttributeListSyntax>();
        for (var i = 0; i < lists.Count; i++)
        {
            var attributes = lists[i].Attributes;
            for (var j = attributes.Count - 1; j >= 0; j--)
            {
                if (isRemoved(i, j))
                {
                    attributes = attributes.RemoveAt(j);
                }
            }

            if (attributes.Count > 0)
            {
                kept.Add(lists[i].WithAttributes(attributes));
            }
        }

        return SyntaxFactory.List(kept);
    }
}
