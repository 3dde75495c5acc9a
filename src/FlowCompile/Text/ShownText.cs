using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace FlowCompile.Text;

/// <summary>
/// One line of text for people: fixed words, and texts from outside made harmless. Written as an interpolated string, its literal parts are
/// the fixed words, and everything in braces is shown as <see cref="OutsideText.Show"/> does, and numbers as in the invariant culture. A
/// text that is made of others already stays as it is.
/// </summary>
[InterpolatedStringHandler]
internal readonly struct ShownText
{
    private readonly StringBuilder? _builder;
    private readonly string? _text;

    /// <summary>Starts a text from an interpolated string.</summary>
    /// <param name="literalLength">The length of the fixed words.</param>
    /// <param name="formattedCount">How many texts come between them.</param>
    public ShownText(int literalLength, int formattedCount) => _builder = new StringBuilder(literalLength + (8 * formattedCount));

    private ShownText(string text) => _text = text;

    /// <summary>How many characters it has.</summary>
    public int Length => ToString().Length;

    /// <summary>A text from outside: hidden characters visible, its length bounded.</summary>
    /// <param name="text">The text.</param>
    public static implicit operator ShownText(string? text) => new(OutsideText.Show(text ?? ""));

    /// <summary>A message that somebody made of fixed words and texts from outside: one line, with more room than a single text has.</summary>
    /// <param name="message">The message.</param>
    public static ShownText OfMessage(string message) => new(OutsideText.Show(OneLine(message), OutsideText.MessageLimit));

    /// <summary>Texts from outside as one, each bounded, with fixed words between them.</summary>
    /// <typeparam name="T">Their type.</typeparam>
    /// <param name="separator">The fixed words.</param>
    /// <param name="items">The texts.</param>
    public static ShownText Join<T>(string separator, IEnumerable<T> items) =>
        new(string.Join(separator, items.Select(item => item is ShownText shown ? shown.ToString() : OutsideText.Show(TextOf(item, null)))));

    /// <summary>The text with blanks up to a width.</summary>
    /// <param name="width">The width.</param>
    /// <param name="atEnd">Whether the blanks come after it.</param>
    public ShownText Padded(int width, bool atEnd) => new(atEnd ? ToString().PadRight(width) : ToString().PadLeft(width));

    /// <summary>The text without blanks at its end.</summary>
    public ShownText TrimEnd() => new(ToString().TrimEnd());

    /// <summary>Adds fixed words.</summary>
    /// <param name="value">The words.</param>
    public void AppendLiteral(string value) => _builder!.Append(value);

    /// <summary>Adds a text that is harmless already.</summary>
    /// <param name="value">The text.</param>
    public void AppendFormatted(ShownText value) => _builder!.Append(value.ToString());

    /// <summary>Adds a text from outside, or a number.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="value">The value.</param>
    /// <param name="format">How to write it, where the type has several ways.</param>
    public void AppendFormatted<T>(T value, string? format = null) => _builder!.Append(OutsideText.Show(TextOf(value, format)));

    /// <inheritdoc/>
    public override string ToString() => _text ?? _builder?.ToString() ?? "";

    private static string TextOf<T>(T value, string? format) =>
        (value is IFormattable number ? number.ToString(format, CultureInfo.InvariantCulture) : value?.ToString()) ?? "";

    private static string OneLine(string text) => string.Join(' ', text.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
}
