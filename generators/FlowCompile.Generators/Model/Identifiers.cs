using System.Globalization;
using Microsoft.CodeAnalysis.CSharp;

namespace FlowCompile.Generators.Model;

/// <summary>Names as C# writes them.</summary>
internal static class Identifiers
{
    // The runtime takes no name of more than 1,023 bytes; a person, none of more than a line.
    private const int MaxLength = 100;

    /// <summary>A name with an <c>@</c> where it is a keyword.</summary>
    public static string Escape(string name) =>
        SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None || SyntaxFacts.GetContextualKeywordKind(name) == SyntaxKind.AwaitKeyword ? "@" + name : name;

    /// <summary>A type's name with an <c>@</c> where it is a keyword anywhere: no type can be declared as <c>file</c> or <c>required</c> without one.</summary>
    public static string EscapeType(string name) =>
        SyntaxFacts.GetContextualKeywordKind(name) != SyntaxKind.None ? "@" + name : Escape(name);

    /// <summary>A name with its first letter in lower case.</summary>
    public static string Camel(string name) => name.Length == 0 ? name : char.ToLowerInvariant(name[0]) + name.Substring(1);

    /// <summary>
    /// A name for a member made of a text: its letters and digits, each part with a capital. Format characters are none of it, for C#
    /// leaves them out when it compares names.
    /// </summary>
    public static string Pascal(string text)
    {
        var parts = new string([.. text.Select(c => SyntaxFacts.IsIdentifierPartCharacter(c) && c != '_' && char.GetUnicodeCategory(c) != UnicodeCategory.Format ? c : ' ')])
            .Split([' '], StringSplitOptions.RemoveEmptyEntries);
        var name = string.Concat(parts.Select(part => char.ToUpperInvariant(part[0]) + part.Substring(1)));
        name = name.Length > MaxLength ? name.Substring(0, MaxLength) : name;
        return name.Length > 0 && SyntaxFacts.IsIdentifierStartCharacter(name[0]) ? name : "_" + name;
    }
}
