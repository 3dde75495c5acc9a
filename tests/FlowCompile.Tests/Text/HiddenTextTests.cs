using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using FlowCompile.Graph;
using FlowCompile.Plans;
using FlowCompile.Settings;
using FlowCompile.Tests.Graph;
using FlowCompile.Text;

namespace FlowCompile.Tests.Text;

/// <summary>No name and no text of one line in a plan or in the settings holds a hidden character: the library's readers say what and where.</summary>
public class HiddenTextTests
{
    private const string Mark = "THE-TEXT";
    private static readonly WorkflowGraph s_graph = Graphs.Math();

    private static readonly List<string> s_hidden =
    [
        .. Enumerable.Range(0, 0x110000).Where(code => code is < 0xD800 or > 0xDFFF).Where(code => CharUnicodeInfo.GetUnicodeCategory(code)
            is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator).Select(char.ConvertFromUtf32),
    ];

    public static TheoryData<string> PlanTexts => ["workflow", "graphHash", "proxy", "schedule", "objectives/0", "provenance/toolVersion", "provenance/profileHash", "provenance/casesHash", "provenance/hardware", "provenance/models/nano", "provenance/models/*", "configurations/0/id", "configurations/1/name", "configurations/0/counts/*", "configurations/0/settings/*", "configurations/0/settings/DetailedSolver", "cells/*"];

    public static TheoryData<string> SettingsTexts => ["models/*", "models/s/model", "models/s/openai", "workflows/*", "workflows/w/cases", "workflows/w/test", "workflows/w/reference", "workflows/w/limits/*"];

    [Theory]
    [MemberData(nameof(PlanTexts))]
    public void A_plan(string place)
    {
        var json = Encoding.UTF8.GetString(PlanFile.Serialize(FlowCompile.Tests.Plans.Plans.Math(s_graph), s_graph));
        Refuses(json, place, bytes => Assert.Throws<PlanException>(() => PlanFile.ParseDocument(bytes, "a.flowplan.json")));
        Refuses(json, place, bytes => Assert.Throws<PlanException>(() => PlanFile.Parse(bytes, s_graph, "a.flowplan.json")));
    }

    [Theory]
    [MemberData(nameof(SettingsTexts))]
    public void The_settings(string place) => Refuses(
        """{ "models": { "s": { "openai": "http://x/v1", "model": "m" } }, "budgets": [0], "workflows": { "w": { "cases": "c", "test": "t", "reference": "s@0", "limits": { "a": {} } } } }""",
        place,
        bytes => Assert.Throws<SettingsException>(() => ProjectSettings.Parse("flowcompile.json", bytes)));

    [Fact]
    public void A_rubric_is_prose_and_may_have_lines()
    {
        var settings = ProjectSettings.Parse(
            "flowcompile.json",
            """{ "models": { "s": { "openai": "http://x/v1" } }, "budgets": [0], "workflows": { "w": { "cases": "c", "judge": { "setting": "s@0", "rubric": "one\ntwo\u200D" } } } }"""u8);
        Assert.Equal("one\ntwo\u200D", settings.Workflows[0].Judge!.Rubric);
    }

    private static void Refuses(string json, string place, Func<byte[], Exception> read)
    {
        var document = JsonNode.Parse(json)!;
        Put(document, place.Split('/'));
        var written = document.ToJsonString();
        Assert.Contains(Mark, written, StringComparison.Ordinal);
        foreach (var hidden in s_hidden)
        {
            var escaped = string.Concat($"a{hidden}b".Select(c => "\\u" + ((int)c).ToString("X4", CultureInfo.InvariantCulture)));
            var message = read(Encoding.UTF8.GetBytes(written.Replace(Mark, escaped, StringComparison.Ordinal))).Message;
            Assert.Contains($"(1): ", message, StringComparison.Ordinal);
            Assert.Matches($"at column [0-9]+ (that )?holds the hidden character {OutsideText.NameAt(hidden, 0).Replace("+", "\\+", StringComparison.Ordinal)} as its character 2; write it without", message);
            Assert.Equal(-1, OutsideText.IndexOfHidden(message));
        }
    }

    // A star stands for the name of the first member.
    private static void Put(JsonNode node, string[] place)
    {
        for (var i = 0; i < place.Length - 1; i++)
        {
            node = node is JsonArray array ? array[int.Parse(place[i], CultureInfo.InvariantCulture)]! : node[place[i]]!;
        }

        var last = place[^1];
        if (last == "*")
        {
            var first = node.AsObject().First();
            node.AsObject().Remove(first.Key);
            node.AsObject().Insert(0, Mark, first.Value);
        }
        else if (node is JsonArray array)
        {
            array[int.Parse(last, CultureInfo.InvariantCulture)] = Mark;
        }
        else
        {
            node[last] = last is "DetailedSolver" or "reference" ? Mark + "@0" : Mark;
        }
    }
}
