using System.Text.Json;
using System.Text.Json.Serialization;

namespace FlowCompile.Profiling;

/// <summary>
/// Enums by name, and by number where one stands there. A name is that of C#, or what <c>[JsonStringEnumMemberName]</c> or <c>[EnumMember]</c> says. An enum
/// with a converter of its own keeps it.
/// </summary>
/// <param name="definedOnly">Whether a number must be one that the enum defines. What somebody writes must; what code made need not.</param>
internal sealed class EnumNames(bool definedOnly) : JsonConverterFactory
{
    // Converters among the options would go before an attribute on the type.
    public override bool CanConvert(Type typeToConvert)
    {
        ArgumentNullException.ThrowIfNull(typeToConvert);
        return typeToConvert.IsEnum && !typeToConvert.IsDefined(typeof(JsonConverterAttribute), inherit: false);
    }

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options)
    {
        var names = new JsonStringEnumConverter().CreateConverter(typeToConvert, options);
        return (JsonConverter)Activator.CreateInstance(typeof(EnumNameConverter<>).MakeGenericType(typeToConvert), names, definedOnly)!;
    }
}
