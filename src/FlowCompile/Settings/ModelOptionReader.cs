using System.Globalization;
using System.Text;
using System.Text.Json;
using FlowCompile.Json;
using FlowCompile.Text;

namespace FlowCompile.Settings;

/// <summary>Reads the options of a model's provider. Those that are objects become their JSON text.</summary>
internal sealed class ModelOptionReader(string file) : LocatedReader
{
    /// <summary>The key of an object for the budgets above all others.</summary>
    public const string OtherBudgets = "*";

    /// <summary>The text of an option.</summary>
    /// <param name="json">What is written.</param>
    /// <param name="what">What it is, for messages.</param>
    /// <param name="option">What may be written.</param>
    /// <exception cref="SettingsException">Something else is written.</exception>
    public string Read(LocatedJson json, string what, ModelOption option)
    {
        switch (option.Shape)
        {
            case ModelOptionShape.Number:
                var number = Integer(json, what);
                return number >= option.Minimum
                    ? number.ToString(CultureInfo.InvariantCulture)
                    : throw Fail(json.Line, $"{what} is {json.Description}; write {option.Minimum} or more");
            case ModelOptionShape.Object:
                Object(json, what, known: null);
                break;
            case ModelOptionShape.ObjectByBudget:
                foreach (var (budget, body) in Object(json, what, known: null))
                {
                    CheckBudget(json, budget, what);
                    Object(body, $"'{budget}' in {what}", known: null);
                }

                break;
            case ModelOptionShape.Texts:
                foreach (var (name, value) in Object(json, what, known: null))
                {
                    Text(value, $"'{name}' in {what}");
                }

                break;
            case ModelOptionShape.TextsOrNull:
                foreach (var (name, value) in Object(json, what, option.Values))
                {
                    if (value.Kind != JsonTokenType.Null)
                    {
                        Text(value, $"'{name}' in {what}");
                    }
                }

                break;
            case ModelOptionShape.Prose:
                return Prose(json, what);
            default:
                return option.Values is { } values ? OneOf(json, what, values) : Text(json, what);
        }

        return Json(json, what);
    }

    protected override SettingsException Fail(int line, ShownText problem) => new(file, line, problem.ToString());

    private void CheckBudget(LocatedJson json, string budget, string what)
    {
        // One spelling for each number: two keys cannot mean the same.
        var fits = budget == OtherBudgets || (int.TryParse(budget, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number < int.MaxValue && number.ToString(CultureInfo.InvariantCulture) == budget);
        if (!fits)
        {
            throw Fail(
                json.Members.First(member => member.Name == budget).Line,
                $"{what} has the key '{budget}'; write the largest budget that the fields are for, such as \"0\" or \"1024\", or \"*\" for all above");
        }
    }

    private string Json(LocatedJson json, string what)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            Write(writer, json, what);
        }

        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    private void Write(Utf8JsonWriter writer, LocatedJson json, string what)
    {
        switch (json.Kind)
        {
            case JsonTokenType.StartObject:
                writer.WriteStartObject();
                foreach (var (name, value) in Object(json, what, known: null))
                {
                    writer.WritePropertyName(name);
                    Write(writer, value, $"'{name}' in {what}");
                }

                writer.WriteEndObject();
                break;
            case JsonTokenType.StartArray:
                writer.WriteStartArray();
                json.Items.ForEach(item => Write(writer, item, $"an item of {what}"));
                writer.WriteEndArray();
                break;
            case JsonTokenType.String:
                writer.WriteStringValue(json.Text);
                break;
            case JsonTokenType.Number:
                writer.WriteRawValue(json.Text);
                break;
            case JsonTokenType.Null:
                writer.WriteNullValue();
                break;
            default:
                writer.WriteBooleanValue(json.Kind == JsonTokenType.True);
                break;
        }
    }
}
