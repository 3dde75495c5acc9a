namespace FlowCompile.Generators.Plans;

/// <summary>Members that must be there.</summary>
internal static class JsonValueExtensions
{
    public static JsonValue Require(this JsonValue value, string name, JsonKind kind, string kindName) =>
        value[name] is { } member && member.Kind == kind
            ? member
            : throw new JsonSyntaxException((value[name] ?? value).Position, $"'{name}' must be {kindName}");

    public static JsonValue RequireText(this JsonValue value, string name) => value.Require(name, JsonKind.Text, "a text");

    public static int RequireInteger(this JsonValue value, string name) =>
        value[name]?.Integer ?? throw new JsonSyntaxException((value[name] ?? value).Position, $"'{name}' must be a whole number");

    public static double RequireNumber(this JsonValue value, string name, double most = double.MaxValue) => value[name]?.Number is >= 0 and var number && number <= most
        ? number
        : throw new JsonSyntaxException((value[name] ?? value).Position, $"'{name}' must be a number {(most == 1 ? "from 0 to 1" : "of 0 or more")}");

    public static double? OptionalNumber(this JsonValue value, string name) => value[name] is null ? null : value.RequireNumber(name);
}
