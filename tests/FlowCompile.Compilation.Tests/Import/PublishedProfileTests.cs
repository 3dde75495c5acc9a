namespace FlowCompile.Compilation.Tests;

public sealed class PublishedProfileTests : IDisposable
{
    private static readonly AgentNames s_names = new(MathWorkflow.Graph);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("flowcompile-import");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Accuracies_are_means_and_latencies_come_from_tokens_by_the_rates()
    {
        var profile = Read("""
            { "detailed_solver": { "qwen3-4b_budget_200": [
              { "accuracy": 1.0, "avg_input_tokens": 100, "avg_output_tokens": 50 },
              { "accuracy": 0.5, "avg_input_tokens": 300, "avg_output_tokens": 150 },
              { "accuracy": 0.0, "avg_input_tokens": 0, "avg_output_tokens": 0 } ] } }
            """);
        var row = Assert.Single(profile.Table.Of(s_names.Graph.IndexOf("DetailedSolver")));
        Assert.Equal(new Setting("qwen3-4b", 200), row.Setting);
        Assert.Equal(0.75, row.Accuracy);
        Assert.Equal((200 / 5000.0) + (100 / 500.0), row.LatencySeconds, 12);
        Assert.Equal(2, row.Samples);
        Assert.Equal((3, 1), (profile.Records, profile.Failed));
    }

    [Theory]
    [InlineData("""{ "detailed_solver": { "qwen3-8b_budget_1": [ { "accuracy": 1, "avg_input_tokens": 1, "avg_output_tokens": 1 } ] } }""", "there is no rate for the model 'qwen3-8b'")]
    [InlineData("""{ "detailed_solver": { "qwen3-4b_budget_1": [ { "avg_input_tokens": 1, "avg_output_tokens": 1 } ] } }""", "'detailed_solver' under 'qwen3-4b_budget_1' has no 'accuracy'")]
    [InlineData("""{ "detailed_solver": { "qwen3-4b_budget_1": [ { "accuracy": 2, "avg_input_tokens": 1, "avg_output_tokens": 1 } ] } }""", "has an accuracy of 2")]
    [InlineData("""{ "solver": { } }""", "The agent 'solver' is no sub-agent of the workflow 'math'")]
    [InlineData("""{ "detailed_solver": [ ] }""", "'detailed_solver' is no object")]
    [InlineData("""[ ]""", "the file is no object")]
    [InlineData("""{ "detailed_solver": { "qwen3-4b\u2029_budget_1": [ { "accuracy": 1, "avg_input_tokens": 1, "avg_output_tokens": 1 } ] } }""", "holds the hidden character U+2029")]
    [InlineData("""{ "detailed_solver": """, "it is not valid JSON")]
    public void What_cannot_be_is_refused_in_one_line(string json, string expected)
    {
        var error = Assert.Throws<CompileException>(() => Read(json));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    private PublishedProfile Read(string results)
    {
        var path = Path.Combine(_folder.FullName, "detailed_results.json");
        File.WriteAllText(path, results);
        var latencies = Path.Combine(_folder.FullName, "latency_benchmark.json");
        File.WriteAllText(latencies, """
            { "Qwen/Qwen3-4B": [ { "batch_size": 1, "prefill_tok_per_s": 5000, "decode_tok_per_s": 500 }, { "batch_size": 8, "prefill_tok_per_s": 1, "decode_tok_per_s": 1 } ] }
            """);
        return PublishedProfile.Read(path, latencies, s_names);
    }
}
