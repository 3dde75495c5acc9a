using Microsoft.CodeAnalysis.CSharp;

namespace FlowCompile.Generators.Model;

/// <summary>Names as C# writes them.</summary>
internal static class Identifiers
{
    /// <summary>A name with an <c>@</c> where it is a keyword.</summary>
    public static string Escape(string name) =>
        SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None || SyntaxFacts.GetContextualKeywordKind(name) == SyntaxKind.AwaitKeyword ? "@" + name : name;

    /// <summary>A type's name with an <c>@</c> where it is a keyword anywhere: no type can be declared as <c>file</c> or <c>required</c> without one.</summary>
    public static string EscapeType(string name) =>
        SyntaxFacts.GetContextualKeywordKind(name) != SyntaxKind.None ? "@" + name : Escape(name);

    /// <summary>A name with its first letter in lower case.</summary>
    public static string Camel(string name) => name.Length == 0 ? name : char.ToLowerInvariant(name[0]) + name.Substring(1);

    /// <summary>A name for a member made of a text: its letters and digits, each part with a capital.</summary>
    public static string Pascal(string text)
    {
        var parts = new string([.. text.Select(c => SyntaxFacts.IsIdentifierPartCharacter(c) && c != '_' ? c : ' ')])
            .Split([' '], StringSplitOptions.RemoveEmptyEntries);
        var name = string.Concat(parts.Select(part => char.ToUpperInvariant(part[0]) + part.Substring(1)));
        return name.Length > 0 && SyntaxFacts.IsIdentifierStartCharacter(name[0]) ? name : "_" + name;
    }
}
