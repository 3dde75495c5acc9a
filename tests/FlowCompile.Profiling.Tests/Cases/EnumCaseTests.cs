using System.Runtime.Serialization;
using System.Text.Json;
using System.Text.Json.Serialization;
using FlowCompile.Graph;
using FlowCompile.Profiling.TestHost;

namespace FlowCompile.Profiling.Tests.Cases;

/// <summary>What people write into cases for enums, wherever they stand in the case.</summary>
public sealed class EnumCaseTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public enum Team
    {
        [JsonStringEnumMemberName("billing-team")]
        Billing,
        [EnumMember(Value = "tech team")]
        Technical,
        Sales,
    }

    [Flags]
    public enum Channels
    {
        None = 0,
        Mail = 1,
        [EnumMember(Value = "telephone")]
        Phone = 2,
    }

    [JsonConverter(typeof(LevelConverter))]
    public enum Level
    {
        Low = 1,
        High = 2,
    }

    [Theory]
    [InlineData("\"Sales\"", Team.Sales)]
    [InlineData("\"sales\"", Team.Sales)]
    [InlineData("\"billing-team\"", Team.Billing)]
    [InlineData("\"tech team\"", Team.Technical)]
    [InlineData("\"Technical\"", Team.Technical)]
    [InlineData("2", Team.Sales)]
    public void A_name_or_a_number_is_read(string json, Team expected) => Assert.Equal(expected, Read($"{{\"question\": \"q\", \"team\": {json}}}").Team);

    [Fact]
    public void Also_nested_in_lists_as_keys_as_flags_or_absent()
    {
        var one = Read("""
            {"question": "q", "team": "Sales", "maybe": null, "channels": "Mail, telephone", "level": "L2",
             "teams": ["tech team", 0], "weights": {"billing-team": 1.5, "tech team": 2}, "inner": {"team": "sales", "levels": ["L1"]}}
            """.ReplaceLineEndings(" "));

        Assert.Null(one.Maybe);
        Assert.Equal(Channels.Mail | Channels.Phone, one.Channels);
        Assert.Equal(Level.High, one.Level);
        Assert.Equal([Team.Technical, Team.Billing], one.Teams!);
        Assert.Equal(2, one.Weights![Team.Technical]);
        Assert.Equal(1.5, one.Weights[Team.Billing]);
        Assert.Equal([Level.Low], one.Inner!.Levels);
    }

    [Theory]
    [InlineData("\"Sale\"", "'Sale' is no Team; it is one of billing-team, tech team, Sales")]
    [InlineData("7", "'7' is no Team; it is one of billing-team, tech team, Sales")]
    [InlineData("{}", "'{}' is no Team")]
    public void What_is_no_member_is_said_with_those_there_are(string json, string problem)
    {
        var error = Assert.Throws<ProfileException>(() => Read($"{{\"question\": \"q\", \"team\": {json}}}"));
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
    }

    private TicketCase Read(string line)
    {
        var graph = new WorkflowGraph("w", [new(nameof(Desk.Answer), NodeKind.SubAgent, "string", [GraphInput.FromWorkflow("question", "string")])], nameof(Desk.Answer));
        var descriptor = new ReflectedDescriptor(graph, typeof(Desk), typeof(TicketCase), ("question", typeof(string)));
        return (TicketCase)CaseFile.Read(_folder.Write("cases.jsonl", line), descriptor).Single().Expected!;
    }

    public sealed record TicketCase(
        string Question, Team Team, Team? Maybe = Team.Sales, Channels Channels = Channels.None, Level Level = Level.Low,
        IReadOnlyList<Team>? Teams = null, Dictionary<Team, double>? Weights = null, Inner? Inner = null);

    public sealed record Inner(Team Team, List<Level> Levels);

    public sealed class LevelConverter : JsonConverter<Level>
    {
        public override Level Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => (Level)int.Parse(reader.GetString()![1..], System.Globalization.CultureInfo.InvariantCulture);

        public override void Write(Utf8JsonWriter writer, Level value, JsonSerializerOptions options) => writer.WriteStringValue($"L{(int)value}");
    }

    public static class Desk
    {
        public static ValueTask<string> Answer(string question, SubAgentContext agent, CancellationToken cancellationToken) => ValueTask.FromResult(question + agent.Setting.Budget);
    }
}
