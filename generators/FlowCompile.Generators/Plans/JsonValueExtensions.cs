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

    public static double RequireNumber(this JsonValue value, string name) =>
        value[name]?.Number ?? throw new JsonSyntaxException((value[name] ?? value).Position, $"'{name}' must be a number");
}
