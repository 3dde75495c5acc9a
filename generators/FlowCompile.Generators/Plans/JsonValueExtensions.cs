using FlowCompile.Text;

namespace FlowCompile.Generators.Plans;

/// <summary>Members that must be there, and texts that must be of one line: nothing hidden is in them, as in the library's readers.</summary>
internal static class JsonValueExtensions
{
    public static JsonValue Require(this JsonValue value, string name, JsonKind kind, string kindName) =>
        value[name] is { } member && member.Kind == kind
            ? member
            : throw new JsonSyntaxException((value[name] ?? value).Position, $"'{name}' must be {kindName}");

    public static JsonValue RequireText(this JsonValue value, string name)
    {
        var text = value.Require(name, JsonKind.Text, "a text");
        _ = text.LineOf($"'{name}'");
        return text;
    }

    /// <summary>A text that may be missing; anything else under its name means the same.</summary>
    public static string? OptionalText(this JsonValue value, string name) => value[name] is { Kind: JsonKind.Text } text ? text.LineOf($"'{name}'") : null;

    /// <summary>A text of one line.</summary>
    /// <param name="value">The value.</param>
    /// <param name="what">What it is, for the message.</param>
    public static string LineOf(this JsonValue value, string what) => value.Kind != JsonKind.Text
        ? throw new JsonSyntaxException(value.Position, $"{what} must be a text")
        : OutsideText.ProblemOf(value.Text) is { } problem ? throw new JsonSyntaxException(value.Position, $"{what} {problem}")
        : value.Text;

    /// <summary>The name of a member where it is no key of ours, such as a model's.</summary>
    /// <param name="member">The member.</param>
    /// <param name="what">What it names, for the message.</param>
    public static string Name(this KeyValuePair<string, JsonValue> member, string what) => OutsideText.ProblemOf(member.Key) is { } problem
        ? throw new JsonSyntaxException(member.Value.Position, $"{what} {problem}")
        : member.Key;

    public static int RequireInteger(this JsonValue value, string name) =>
        value[name]?.Integer ?? throw new JsonSyntaxException((value[name] ?? value).Position, $"'{name}' must be a whole number");

    public static double RequireNumber(this JsonValue value, string name, double most = double.MaxValue) => value[name]?.Number is >= 0 and var number && number <= most
        ? number
        : throw new JsonSyntaxException((value[name] ?? value).Position, $"'{name}' must be a number {(most == 1 ? "from 0 to 1" : "of 0 or more")}");

    public static double? OptionalNumber(this JsonValue value, string name) => value[name] is null ? null : value.RequireNumber(name);
}
