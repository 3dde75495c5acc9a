using System.Text.Json;
using FlowCompile.Testing.Fuzzing;

namespace FlowCompile.Testing.Oracles;

/// <summary>Whether a plan that was written again says what the first one said, members that no version knows included.</summary>
public static class KeptJson
{
    /// <summary>Compares a plan with what was written after reading it.</summary>
    /// <param name="before">What was read.</param>
    /// <param name="after">What was written.</param>
    /// <param name="place">Where in the plan.</param>
    /// <exception cref="FuzzFailureException">Something is gone or differs.</exception>
    public static void Check(JsonElement before, JsonElement after, string place = "$")
    {
        if (before.ValueKind != after.ValueKind)
        {
            throw Lost(place, before, after);
        }

        switch (before.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in before.EnumerateObject())
                {
                    if (after.TryGetProperty(NameIn(place, member), out var kept))
                    {
                        Check(member.Value, kept, $"{place}.{Known(place, StrictJson.Name(member))}");
                    }
                    else if (!SaysNothing(member.Value))
                    {
                        throw new FuzzFailureException($"written again it lacks {place}.{Known(place, StrictJson.Name(member))}", Refusal.Visible($"{StrictJson.Name(member)}: {member.Value.GetRawText()}"));
                    }
                }

                break;
            case JsonValueKind.Array:
                if (before.GetArrayLength() != after.GetArrayLength())
                {
                    throw Lost(place, before, after);
                }

                foreach (var (one, other) in before.EnumerateArray().Zip(after.EnumerateArray()))
                {
                    Check(one, other, $"{place}[]");
                }

                break;
            case JsonValueKind.Number when before.GetRawText() != after.GetRawText() && !before.GetDouble().Equals(after.GetDouble()) && before.GetDouble() != after.GetDouble():
            case JsonValueKind.String when before.GetRawText() != after.GetRawText() && TextAt(place, before) != TextAt(place, after):
                throw Lost(place, before, after);
        }
    }

    // A count or cost of 0 and an empty list say what their absence says.
    private static bool SaysNothing(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => value.GetDouble() == 0,
        JsonValueKind.Object => value.EnumerateObject().All(member => SaysNothing(member.Value)),
        JsonValueKind.Array => value.GetArrayLength() == 0,
        _ => false,
    };

    // A setting is written in its shortest form, as the name of a cell and as the setting of a sub-agent.
    private static string NameIn(string place, JsonProperty member) =>
        place.StartsWith("$.cells.", StringComparison.Ordinal) && place.Count(one => one == '.') == 2 ? SettingText.Of(StrictJson.Name(member)) : StrictJson.Name(member);

    private static string TextAt(string place, JsonElement text) =>
        place.StartsWith("$.configurations[].settings.", StringComparison.Ordinal) ? SettingText.Of(StrictJson.Text(text)) : StrictJson.Text(text);

    // Places are rules; names that the input made up would make one of each.
    private static string Known(string place, string name) => place.Count(one => one == '.') > 3 || name.Length > 24 || !name.All(char.IsAsciiLetter) ? "*" : name;

    private static FuzzFailureException Lost(string place, JsonElement before, JsonElement after) =>
        new($"written again it differs at {place}", Refusal.Visible($"{before.GetRawText()} became {after.GetRawText()}"));
}
