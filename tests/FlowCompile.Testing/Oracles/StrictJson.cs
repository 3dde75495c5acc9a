using System.Text;
using System.Text.Json;
using FlowCompile.Testing.Fuzzing;

namespace FlowCompile.Testing.Oracles;

/// <summary>What JSON says, read without the readers that are checked.</summary>
public static class StrictJson
{
    private static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads a document.</summary>
    /// <param name="utf8">Its bytes, with or without a mark at the start.</param>
    /// <param name="comments">Whether comments and commas at the end of a list are allowed.</param>
    /// <returns>The document, or <see langword="null"/> where the bytes are no JSON.</returns>
    public static JsonDocument? TryRead(ReadOnlySpan<byte> utf8, bool comments = false)
    {
        try
        {
            var text = s_strict.GetString(utf8.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? utf8[3..] : utf8);
            return JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 2000, AllowTrailingCommas = comments, CommentHandling = comments ? JsonCommentHandling.Skip : JsonCommentHandling.Disallow });
        }
        catch (Exception e) when (e is JsonException or DecoderFallbackException)
        {
            return null;
        }
    }

    /// <summary>Reads a document that a reader accepted.</summary>
    /// <param name="utf8">Its bytes.</param>
    /// <param name="comments">Whether comments and commas at the end of a list are allowed.</param>
    /// <exception cref="FuzzFailureException">It is no JSON, and should not have been accepted.</exception>
    public static JsonDocument Accepted(ReadOnlySpan<byte> utf8, bool comments = false) =>
        TryRead(utf8, comments) ?? throw new FuzzFailureException("accepted what is no JSON", Refusal.Visible(Encoding.Latin1.GetString(utf8)));

    /// <summary>Checks that no member of an object is there twice.</summary>
    /// <param name="element">The object; anything else is fine.</param>
    /// <param name="place">Its place, the same for all objects of one meaning.</param>
    /// <exception cref="FuzzFailureException">One is.</exception>
    public static void NoRepeats(JsonElement element, string place)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in element.EnumerateObject())
        {
            if (!seen.Add(Name(member)))
            {
                throw new FuzzFailureException($"accepted a member twice in {place}", Refusal.Visible(Name(member)));
            }
        }
    }

    /// <summary>The name of a member, or what can be said of one that is no text.</summary>
    /// <param name="member">The member.</param>
    /// <exception cref="FuzzFailureException">The name holds half of a surrogate pair, and should not have been accepted.</exception>
    public static string Name(JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException e)
        {
            throw new FuzzFailureException("accepted half of a surrogate pair in a name", "", e);
        }
    }

    /// <summary>A text that was accepted.</summary>
    /// <param name="element">The text.</param>
    /// <exception cref="FuzzFailureException">It holds half of a surrogate pair, and should not have been accepted.</exception>
    public static string Text(JsonElement element)
    {
        try
        {
            return element.GetString()!;
        }
        catch (InvalidOperationException e)
        {
            throw new FuzzFailureException("accepted half of a surrogate pair", Refusal.Visible(element.GetRawText()), e);
        }
    }

    /// <summary>Checks a name or identifier that was accepted.</summary>
    /// <param name="text">The text.</param>
    /// <param name="what">What it is.</param>
    /// <exception cref="FuzzFailureException">It holds a control character, a line or paragraph separator, or half of a surrogate pair.</exception>
    public static void Name(string? text, string what)
    {
        if (text is not null && Refusal.FirstUnfit(text, alsoFormat: false) is { } unfit)
        {
            throw new FuzzFailureException($"accepted {unfit.Category} in {what}", $"U+{unfit.Value:X4} in {Refusal.Visible(text)}");
        }
    }
}
