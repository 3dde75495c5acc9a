using System.Text;
using FlowCompile.Graph;
using FlowCompile.Plans;
using FlowCompile.Tests.Graph;

namespace FlowCompile.Tests.Plans;

public sealed class PlanFileTests : IDisposable
{
    private static readonly WorkflowGraph s_graph = Graphs.Math();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("flowcompile-plan");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_plan_is_read_as_it_was_written()
    {
        var plan = Plans.Math(s_graph);
        var read = Parse(PlanFile.Serialize(plan, s_graph));
        Assert.Equal(plan.Workflow, read.Workflow);
        Assert.Equal(plan.GraphHash, read.GraphHash);
        Assert.Equal(plan.Proxy, read.Proxy);
        Assert.Equal(plan.Schedule, read.Schedule);
        Assert.Equal(plan.Objectives, read.Objectives);
        Assert.Equal((0.001, 7, 0.004), (read.AccuracyLoss, read.Folded, read.FoldedLoss));
        Assert.Equal(0.77, read.Configurations[1].Estimate!.RecordedAccuracy);
        Assert.Equal(plan.Provenance! with { Models = read.Provenance!.Models }, read.Provenance);
        Assert.Equal(plan.Provenance!.Models, read.Provenance.Models);
        Assert.Equal(plan.Cells, read.Cells);
        Assert.Equal(
            plan.Configurations.Select(c => (c.Id, c.Name, c.Structure, c.Estimate, c.ToText(s_graph))),
            read.Configurations.Select(c => (c.Id, c.Name, c.Structure, c.Estimate, c.ToText(s_graph))));
    }

    [Fact]
    public void Written_again_it_has_the_same_bytes_and_no_carriage_return()
    {
        var json = PlanFile.Serialize(Plans.Math(s_graph), s_graph);
        Assert.Equal(json, PlanFile.Serialize(Parse(json), s_graph));
        Assert.DoesNotContain((byte)'\r', json);
        Assert.Equal((byte)'\n', json[^1]);
    }

    [Fact]
    public void Members_of_a_later_minor_version_survive()
    {
        var text = Text().Replace("\"id\": \"c01\",", "\"id\": \"c01\", \"tags\": [\"a\", { \"b\": 1.50 }],", StringComparison.Ordinal)
            .Replace("\"version\": 1,", "\"version\": 1, \"energy\": { \"unit\": \"J\" },", StringComparison.Ordinal)
            .Replace("\"seed\": 1,", "\"seed\": 1, \"site\": \"north\",", StringComparison.Ordinal)
            .Replace("\"latencySeconds\": 0.01,", "\"latencySeconds\": 0.01, \"calls\": 300,", StringComparison.Ordinal)
            .Replace("\"cost\": 0.5", "\"cost\": 0.5, \"tokens\": 120", StringComparison.Ordinal)
            .Replace("{\n  \"version\"", "{\n  \"$schema\": \"flowplan.schema.json\",\n  \"version\"", StringComparison.Ordinal);
        var written = Encoding.UTF8.GetString(PlanFile.Serialize(Parse(text), s_graph));
        Assert.StartsWith("{\n  \"$schema\": \"flowplan.schema.json\",\n", written, StringComparison.Ordinal);
        Assert.Contains("\"b\": 1.50", written, StringComparison.Ordinal);
        Assert.Contains("\"unit\": \"J\"", written, StringComparison.Ordinal);
        Assert.Contains("\"site\": \"north\"", written, StringComparison.Ordinal);
        Assert.Contains("\"calls\": 300", written, StringComparison.Ordinal);
        Assert.Equal(3, written.Split("\"tokens\": 120").Length);
        Assert.Equal(written, Encoding.UTF8.GetString(PlanFile.Serialize(Parse(written), s_graph)));
    }

    [Fact]
    public void A_plan_in_the_place_of_another_keeps_what_no_compiler_wrote()
    {
        var path = Path.Combine(_folder.FullName, "kept.json");
        var plan = Plans.Math(s_graph);
        File.WriteAllText(path, Text().Replace("{\n  \"version\"", "{\n  \"$schema\": \"flowplan.schema.json\",\n  \"version\"", StringComparison.Ordinal)
            .Replace("\"version\": 1,", "\"version\": 1, \"owner\": \"us\",", StringComparison.Ordinal)
            .Replace("\"id\": \"c01\",", "\"id\": \"c01\", \"name\": \"quick\", \"since\": 2,", StringComparison.Ordinal)
            .Replace("\"cost\": 0.5", "\"cost\": 0.5, \"stale\": 120", StringComparison.Ordinal)
            .Replace("\"graphHash\": \"sha256:", "\"graphHash\": \"sha256:0", StringComparison.Ordinal));
        Assert.True(PlanFile.Write(path, PlanFile.InPlaceOf(path, plan, s_graph), s_graph));

        var written = File.ReadAllText(path);
        Assert.StartsWith("{\n  \"$schema\": \"flowplan.schema.json\",\n  \"version\"", written, StringComparison.Ordinal);
        Assert.Contains("\"owner\": \"us\"", written, StringComparison.Ordinal);
        Assert.Contains("\"since\": 2", written, StringComparison.Ordinal);
        Assert.DoesNotContain("stale", written, StringComparison.Ordinal);
        var read = PlanFile.Read(path, s_graph);
        Assert.Equal(["quick", "thorough"], read.Configurations.Select(one => one.Name).Take(2));
        Assert.Equal(plan.Configurations.Select(one => one.Estimate), read.Configurations.Select(one => one.Estimate));

        // Once more it is the same, and what is no plan is no hindrance.
        Assert.False(PlanFile.Write(path, PlanFile.InPlaceOf(path, plan, s_graph), s_graph));
        File.WriteAllText(path, "{ broken");
        Assert.Same(plan, PlanFile.InPlaceOf(path, plan, s_graph));
        Assert.Same(plan, PlanFile.InPlaceOf(Path.Combine(_folder.FullName, "none.json"), plan, s_graph));
    }

    [Theory]
    [InlineData("\"version\": 1", "\"version\": 3", "plan.json(2): the plan has version 3, and this FlowCompile reads up to 2; update FlowCompile")]
    [InlineData("\"version\": 1", "\"version\": \"1\"", "plan.json(2): 'version' is the text \"1\"; write a whole number")]
    [InlineData("\"workflow\": \"math\"", "\"workflow\": \"code\"", "plan.json(3): the plan is for the workflow 'code', not for 'math'")]
    [InlineData("\"graphHash\": \"sha256:", "\"graphHash\": \"sha256:0", "plan.json(4): the plan is stale: it was compiled for another graph of 'math'; run 'flowcompile profile'")]
    [InlineData("\"graphHash\"", "\"hash\"", "plan.json(1): the plan lacks 'graphHash'")]
    [InlineData("\"c02\"", "\"c01\"", "the configuration 'c01' is there twice")]
    [InlineData("\"DetailedSolver\": 1", "\"Detailed\": 1", "the configuration 'c01' names the node 'Detailed', which the workflow 'math' does not have")]
    [InlineData("\"DetailedSolver\": 1", "\"DetailedSolver\": 2", "'DetailedSolver' runs 0 to 1 times, not 2")]
    [InlineData("\"DetailedSolver\": \"nano@0\"", "\"DetailedSolver\": \"nano\"", "the setting of 'DetailedSolver' in the configuration 'c01' is \"nano\"; a setting is model@budget")]
    [InlineData("\"DetailedSolver\": \"nano@0\"", "\"Select\": \"nano@0\"", "the configuration 'c01' has no setting for 'DetailedSolver'")]
    [InlineData("\"accuracy\": 0.25", "\"accuracy\": 1.25", "'accuracy' of the configuration 'c01' is 1.25; it is between 0 and 1")]
    [InlineData("\"latencySeconds\": 0.001", "\"latencySeconds\": 1e999", "'latencySeconds' of the configuration 'c01' is the number 1e999; write a number of 0 or more")]
    [InlineData("\"latencySeconds\": 0.001", "\"latencySeconds\": 9", "the configuration 'c02' is faster than the one before it")]
    [InlineData("\"energyJoules\": 3", "\"energyJoules\": -3", "'energyJoules' of the configuration 'c02' is the number -3; write a number of 0 or more")]
    [InlineData("\"mini@64\": {", "\"mini\": {", "the cell 'mini' of 'DetailedSolver' is of no setting; a setting is model@budget")]
    [InlineData("\"DetailedSolver\": {", "\"Solver\": {", "'cells' names the node 'Solver', which the workflow 'math' does not have")]
    [InlineData("\"latencyP95Seconds\": 0.03", "\"latencyP95Seconds\": []", "'latencyP95Seconds' of the cell 'mini@64' of 'DetailedSolver' is a list; write a number of 0 or more")]
    [InlineData("\"cases\": 300", "\"cases\": \"many\"", "'cases' of the configuration 'c02' is the text \"many\"; write a whole number")]
    [InlineData("\"accuracyInterval\": [\n", "\"accuracyInterval\": [ 1,\n", "'accuracyInterval' of the configuration 'c02' is no interval; write [low, high]")]
    [InlineData("\"accuracyLoss\": 0.001", "\"accuracyLoss\": 2", "'accuracyLoss' is 2; it is between 0 and 1")]
    [InlineData("\"folded\": 7", "\"folded\": 0", "'folded' is 0; it is 1 or more")]
    [InlineData("\"foldedLoss\": 0.004", "\"foldedLoss\": 1.5", "'foldedLoss' is 1.5; it is between 0 and 1")]
    [InlineData("\"recordedAccuracy\": 0.77", "\"recordedAccuracy\": 1.77", "'recordedAccuracy' of the configuration 'c02' is 1.77; it is between 0 and 1")]
    [InlineData("\"concurrency\": 2", "\"concurrency\": 0", "'concurrency' is 0; it is 1 or more")]
    [InlineData("\"untimedCalls\": 1234", "\"untimedCalls\": 0", "'untimedCalls' is 0; it is 1 or more")]
    [InlineData("\"objectives\": [", "\"objectives\": [ 1,", "an objective is the number 1; write a text")]
    [InlineData("}\n", "", "it is not a plan, for it is not valid JSON")]
    public void What_cannot_be_is_refused_with_its_place(string old, string replacement, string expected)
    {
        var text = Text();
        Assert.Contains(old, text, StringComparison.Ordinal);
        var error = Assert.Throws<PlanException>(() => Parse(text.Replace(old, replacement, StringComparison.Ordinal)));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Theory]
    [InlineData("nano", 0, true)]
    [InlineData("mini", 0, false)]
    [InlineData("nano", 64, false)]
    public void A_setting_that_the_declaration_does_not_allow_makes_a_plan_stale(string model, int budget, bool isAllowed)
    {
        var answer = new GraphNode("Answer", NodeKind.SubAgent, "string", [GraphInput.FromWorkflow("question", "string")]);
        var wide = new WorkflowGraph("answers", [answer], "Answer");
        var narrow = new WorkflowGraph("answers", [new GraphNode("Answer", NodeKind.SubAgent, "string", answer.Inputs) { Models = ["nano"] }], "Answer") { Budgets = [0, 16] };
        Assert.Equal(wide.Hash, narrow.Hash);
        var plan = new WorkflowPlan("answers", wide.Hash, "independent", "parallel",
            [new WorkflowConfiguration("c01", new StructureSpace(wide).Largest, [new Setting(model, budget)], new Estimate { Accuracy = 0.5, LatencySeconds = 1 })], null);
        var text = PlanFile.Serialize(plan, wide);

        Assert.Equal(isAllowed, plan.NotAllowedBy(narrow) is null);
        if (isAllowed)
        {
            Assert.Single(PlanFile.Parse(text, narrow, "plan.json").Configurations);
            return;
        }

        var error = Assert.Throws<PlanException>(() => PlanFile.Parse(text, narrow, "plan.json"));
        Assert.Contains($"the plan is stale: the configuration 'c01' runs 'Answer' under {model}@{budget}, which its Models and Budgets, or those of the workflow, do not allow", error.Message, StringComparison.Ordinal);
        Assert.Single(PlanFile.Parse(text, wide, "plan.json").Configurations);
    }

    [Fact]
    public void A_missing_plan_says_how_to_make_one()
    {
        var path = Path.Combine(_folder.FullName, "none", "math.flowplan.json");
        var error = Assert.Throws<PlanException>(() => PlanFile.Read(path, s_graph));
        Assert.Equal($"{path}: there is no such plan; run 'flowcompile profile' first", error.Message);
    }

    [Fact]
    public void Writing_replaces_the_file_whole_and_leaves_an_equal_one_alone()
    {
        var path = Path.Combine(_folder.FullName, "math.flowplan.json");
        File.WriteAllText(path, "old");
        Assert.True(PlanFile.Write(path, Plans.Math(s_graph), s_graph));
        Assert.False(PlanFile.Write(path, Plans.Math(s_graph), s_graph));
        Assert.Equal(2, PlanFile.Read(path, s_graph).Configurations.Count);
        Assert.Equal(["math.flowplan.json"], _folder.EnumerateFiles().Select(file => file.Name));
    }

    [Fact]
    public void A_plan_for_a_folder_that_is_not_there_names_the_folder()
    {
        var folder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

        var error = Assert.Throws<PlanException>(() => PlanFile.Write(Path.Combine(folder, "math.flowplan.json"), Plans.Math(s_graph), s_graph));

        Assert.Contains($"there is no folder '{folder}'; create it", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(".tmp", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ \"version\": 3, \"configurations\": [] }", "(1): it is a plan of version 3, and this FlowCompile writes version 2; update FlowCompile, delete the file, or name another")]
    [InlineData("{ \"configurations\": 1,\n \"version\": 99999999999999999999 }", "(2): it is a plan of version 99999999999999999999")]
    [InlineData("{\"question\": \"1 + 1\", \"answer\": \"2\"}\n{\"question\": \"2 + 2\", \"answer\": \"4\"}\n", "(2): it is no plan, for it is not valid JSON")]
    [InlineData("old", "(1): it is no plan, for it is not valid JSON")]
    [InlineData("{ \"models\": {} }", "(1): it is no plan, for it has no 'version' and 'configurations' of one; it is left as it is; delete it, or name another file")]
    [InlineData("{ \"version\": \"1\", \"configurations\": [] }", "(1): it is no plan")]
    [InlineData("[1]", "(1): it is no plan")]
    public void What_a_plan_must_not_take_the_place_of_is_refused(string text, string expected)
    {
        var path = Path.Combine(_folder.FullName, "other.json");
        File.WriteAllText(path, text);

        var error = Assert.Throws<PlanException>(() => PlanFile.CheckReplaceable(path));

        Assert.StartsWith(path + expected, error.Message, StringComparison.Ordinal);
        Assert.Equal(text, File.ReadAllText(path));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n")]
    [InlineData("\uFEFF{ \"version\": 1, \"configurations\": [] }")]
    [InlineData("{ \"version\": 1, \"configurations\": \"damaged\", \"graphHash\": 0 }")]
    public void A_plan_of_this_version_may_be_replaced_whatever_is_wrong_with_it(string text)
    {
        var path = Path.Combine(_folder.FullName, "damaged.json");
        File.WriteAllText(path, text);
        PlanFile.CheckReplaceable(path);
        PlanFile.CheckReplaceable(Path.Combine(_folder.FullName, "none.json"));
    }

    [Fact]
    public void A_plan_that_cannot_be_written_leaves_nothing_behind()
    {
        var path = Path.Combine(_folder.FullName, "math.flowplan.json");
        Directory.CreateDirectory(Path.Combine(path, "in the way"));
        Assert.Throws<PlanException>(() => PlanFile.Write(path, Plans.Math(s_graph), s_graph));
        Assert.Empty(_folder.EnumerateFiles());
    }

    [Fact]
    public void Every_mutated_plan_is_read_or_refused_in_one_line()
    {
        var original = PlanFile.Serialize(Plans.Math(s_graph), s_graph);
        var random = new Random(20260101);
        var (read, refused) = (0, 0);
        for (var i = 0; i < 100_000; i++)
        {
            try
            {
                var mutated = Mutation.Of(original, random);
                if (i % 2 == 0)
                {
                    Parse(mutated);
                }
                else
                {
                    PlanFile.ParseDocument(mutated, "plan.json");
                }

                read++;
            }
            catch (PlanException e)
            {
                Assert.DoesNotContain('\n', e.Message);
                refused++;
            }
        }

        Assert.True(read > 0 && refused > 0);
    }

    private static string Text() => Encoding.UTF8.GetString(PlanFile.Serialize(Plans.Math(s_graph), s_graph));

    private static WorkflowPlan Parse(string text) => Parse(Encoding.UTF8.GetBytes(text));

    private static WorkflowPlan Parse(byte[] json) => PlanFile.Parse(json, s_graph, "plan.json");
}
