using System.Buffers;
using System.Reflection;
using System.Runtime.Serialization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace FlowCompile.Profiling;

/// <summary>Reads and writes one enum by name.</summary>
/// <typeparam name="T">The enum.</typeparam>
/// <param name="names">Knows the names of C# and of <c>[JsonStringEnumMemberName]</c>.</param>
/// <param name="definedOnly">Whether a number must be one that the enum defines.</param>
internal sealed class EnumNameConverter<T>(JsonConverter<T> names, bool definedOnly) : JsonConverter<T>
    where T : struct, Enum
{
    private static readonly bool s_isFlags = typeof(T).IsDefined(typeof(FlagsAttribute), inherit: false);
    private static readonly Dictionary<string, string> s_members = typeof(T).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (field.Name, Alias: field.GetCustomAttribute<EnumMemberAttribute>()?.Value))
        .Where(member => member.Alias is { Length: > 0 })
        .DistinctBy(member => member.Alias)
        .ToDictionary(member => member.Alias!, member => member.Name, StringComparer.Ordinal);

    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String && ByMember(reader.GetString()!) is { } member)
        {
            return member;
        }

        return Checked(ref reader, Read(ref reader, isName: false, typeToConvert, options));
    }

    public override T ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        ByMember(reader.GetString()!) ?? Checked(ref reader, Read(ref reader, isName: true, typeToConvert, options));

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => names.Write(writer, value, options);

    public override void WriteAsPropertyName(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => names.WriteAsPropertyName(writer, value, options);

    private T Read(ref Utf8JsonReader reader, bool isName, Type type, JsonSerializerOptions options)
    {
        try
        {
            return isName ? names.ReadAsPropertyName(ref reader, type, options) : names.Read(ref reader, type, options);
        }
        catch (JsonException)
        {
            throw NoMember(ref reader);
        }
    }

    // A number that no member has would stand for nothing, and be right or wrong by chance.
    private T Checked(ref Utf8JsonReader reader, T value) => !definedOnly || s_isFlags || Enum.IsDefined(value) ? value : throw NoMember(ref reader);

    private static T? ByMember(string text)
    {
        if (s_members.Count == 0)
        {
            return null;
        }

        var parts = text.Split(',', StringSplitOptions.TrimEntries);
        return parts.Any(s_members.ContainsKey) && Enum.TryParse<T>(string.Join(',', parts.Select(part => s_members.GetValueOrDefault(part, part))), ignoreCase: true, out var value) ? value : null;
    }

    private JsonException NoMember(ref Utf8JsonReader reader)
    {
        var text = reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName ? $"'{reader.GetString()}'" : $"'{JsonElement.ParseValue(ref reader).GetRawText()}'";
        return new JsonException($"{text} is no {typeof(T).Name}; it is one of {string.Join(", ", Enum.GetValues<T>().Distinct().Select(NameOf))}");
    }

    private string NameOf(T value)
    {
        if (s_members.FirstOrDefault(member => member.Value == value.ToString()) is { Key: { } alias })
        {
            return alias;
        }

        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            names.Write(writer, value, JsonSerializerOptions.Default);
        }

        return JsonElement.Parse(buffer.WrittenSpan).ToString();
    }
}
