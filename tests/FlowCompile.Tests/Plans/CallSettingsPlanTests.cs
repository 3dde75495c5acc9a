using System.Text;
using FlowCompile.Graph;
using FlowCompile.Plans;
using FlowCompile.Tests.Run.Golden.Code;

namespace FlowCompile.Tests.Plans;

/// <summary>Plans in which replicas and repair attempts have settings of their own.</summary>
public sealed class CallSettingsPlanTests : IDisposable
{
    private const string Text = "CarefulDraft=nano@16 QuickDraft=nano@0 SampledDraft=nano@16+mini@64 Choose=nano@0 Fix=mini@64*2+nano@16";
    private static readonly WorkflowGraph s_graph = CodeWorkflow.Graph;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("flowcompile-calls");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_plan_is_read_as_it_was_written_by_both_readers()
    {
        var plan = Plan(Configuration());
        var json = PlanFile.Serialize(plan, s_graph);
        var read = Parse(json);
        Assert.Equal(plan.Configurations[0].Settings, read.Configurations[0].Settings);
        Assert.Equal(json, PlanFile.Serialize(read, s_graph));
        Assert.Contains("SampledDraft=nano@16+mini@64", read.Configurations[0].ToText(s_graph), StringComparison.Ordinal);
        Assert.Contains("Fix=mini@64*2+nano@16", read.Configurations[0].ToText(s_graph), StringComparison.Ordinal);

        var document = PlanFile.ReadDocument(Write(json));
        Assert.Equal(read.Configurations[0].ToText(s_graph), document.Configurations[0].ToText());
    }

    [Fact]
    public void Only_a_plan_that_needs_it_has_the_new_version()
    {
        Assert.Contains("\"version\": 2", Json(), StringComparison.Ordinal);
        var uniform = Configuration();
        uniform = new WorkflowConfiguration(uniform.Id, uniform.Structure, [.. uniform.Settings.Select(settings => settings?.First)], uniform.Estimate);
        Assert.Contains("\"version\": 1", Encoding.UTF8.GetString(PlanFile.Serialize(Plan(uniform), s_graph)), StringComparison.Ordinal);
    }

    [Fact]
    public void Replicas_are_read_in_one_order_and_attempts_in_theirs()
    {
        var read = Parse(Encoding.UTF8.GetBytes(Json()
            .Replace(List("nano@16", "mini@64"), List("mini@64", "nano@16"), StringComparison.Ordinal)
            .Replace(List("mini@64", "mini@64", "nano@16"), List("nano@16", "mini@64", "mini@64"), StringComparison.Ordinal)));
        Assert.Contains("SampledDraft=nano@16+mini@64", read.Configurations[0].ToText(s_graph), StringComparison.Ordinal);
        Assert.Contains("Fix=nano@16+mini@64*2", read.Configurations[0].ToText(s_graph), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[\"nano@16\"]", "has 1 settings for the 2 calls of 'SampledDraft'; write one setting for all, or a list with one for each call")]
    [InlineData("[\"nano@16\", \"mini@64\", \"mini@64\"]", "has 3 settings for the 2 calls of 'SampledDraft'")]
    [InlineData("[]", "has 0 settings for the 2 calls of 'SampledDraft'")]
    [InlineData("[\"nano@16\", \"mini\"]", "the setting of 'SampledDraft' in the configuration 'c01' is \"mini\"; a setting is model@budget")]
    [InlineData("[\"nano@16\", 64]", "the setting of 'SampledDraft' in the configuration 'c01' is the number 64; write a text")]
    [InlineData("\"nano@16+mini@64x\"", "a setting is model@budget")]
    public void What_fits_no_calls_is_refused_where_it_stands(string settings, string problem)
    {
        var json = Json().Replace(List("nano@16", "mini@64"), settings, StringComparison.Ordinal);
        var line = json[..json.IndexOf(settings, StringComparison.Ordinal)].Count(c => c == '\n') + 1;
        foreach (var read in new Action[] { () => Parse(Encoding.UTF8.GetBytes(json)), () => PlanFile.ReadDocument(Write(Encoding.UTF8.GetBytes(json))) })
        {
            var error = Assert.Throws<PlanException>(read);
            Assert.Contains(problem, error.Message, StringComparison.Ordinal);
            Assert.Contains($"({line})", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_first_version_knows_one_setting_only()
    {
        var json = Encoding.UTF8.GetBytes(Json().Replace("\"version\": 2", "\"version\": 1", StringComparison.Ordinal));
        Assert.Contains("is a list; write a text", Assert.Throws<PlanException>(() => Parse(json)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_configuration_has_as_many_settings_as_calls()
    {
        var good = Configuration();
        CallSettings?[] settings = [.. good.Settings];
        settings[s_graph.IndexOf("Fix")] = new CallSettings(new Setting("mini", 64), new Setting("nano", 16));
        Assert.Contains("has 2 settings for the 3 calls", Assert.Throws<ArgumentException>(() => new WorkflowConfiguration("c", good.Structure, settings)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_model_counts_where_some_must_not_be_used()
    {
        var plan = Plan(Configuration());
        Assert.Empty(plan.Without("mini").Configurations);
        Assert.Empty(plan.Without("nano").Configurations);
    }

    private static WorkflowConfiguration Configuration()
    {
        var settings = Text.Split(' ').Select(part => part.Split('=')).ToDictionary(pair => pair[0], pair => CallSettings.Parse(pair[1]));
        var counts = s_graph.Nodes.Select(node => node.Kind == NodeKind.Tool ? 1 : settings.TryGetValue(node.Name, out var own) ? own.Count : 0).ToArray();
        return new WorkflowConfiguration(
            "c01",
            WorkflowStructure.Create(s_graph, counts),
            [.. s_graph.Nodes.Select(node => settings.TryGetValue(node.Name, out var own) ? own : (CallSettings?)null)],
            new Estimate { Accuracy = 0.5, LatencySeconds = 1 });
    }

    private static WorkflowPlan Plan(WorkflowConfiguration configuration) => new("code", s_graph.Hash, "independent", "parallel", [configuration], null);

    private static string Json() => Encoding.UTF8.GetString(PlanFile.Serialize(Plan(Configuration()), s_graph));

    private static string List(params string[] settings) => $"[\n{string.Join(",\n", settings.Select(setting => $"          \"{setting}\""))}\n        ]";

    private string Write(byte[] json)
    {
        var path = Path.Combine(_folder.FullName, "plan.json");
        File.WriteAllBytes(path, json);
        return path;
    }

    private WorkflowPlan Parse(byte[] json) => PlanFile.Read(Write(json), s_graph);
}
