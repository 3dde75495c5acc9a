using System.Globalization;
using System.Text;
using FlowCompile.Tests.Plans;

namespace FlowCompile.Compilation.Tests;

/// <summary>Damaged files of the published system. The environment variable <c>FLOWCOMPILE_FUZZ</c> says how many of each are read (default 4000).</summary>
public sealed class ImportFuzzTests : IDisposable
{
    private const string Rates = """{ "Qwen/Qwen3-4B": [ { "batch_size": 1, "prefill_tok_per_s": 5000, "decode_tok_per_s": 500 } ], "m": [ { "prefill_tok_per_s": 1e3, "decode_tok_per_s": 5 } ] }""";
    private const string Results =
        """
        { "detailed_solver": { "qwen3-4b_budget_200": [
          { "accuracy": 1.0, "avg_input_tokens": 100, "avg_output_tokens": 50 }, { "accuracy": 0.0, "avg_input_tokens": 0, "avg_output_tokens": 0 } ],
          "m_budget_nothinking": [ { "accuracy": 0.5, "avg_input_tokens": 3e2, "avg_output_tokens": 150 } ] },
          "programmer": { "m_budget_1": [ { "accuracy": 0.25, "avg_input_tokens": 1, "avg_output_tokens": 1 } ] } }
        """;

    private const string Compiled =
        """
        { "schema_version": "flowcompile.compiled.v2", "configs": [
          { "config_id": "cfg_0000", "workflow_type": "math", "structure_id": "s__programmer-c0__detailed_solver-c1", "agents": { "detailed_solver": { "setting": "m_budget_7" } },
            "metrics": { "expected_accuracy": 0.5, "expected_latency": 1 } },
          { "config_id": "cfg_0001", "workflow_type": "math", "structure_id": "s__detailed_solver-c1__generate_solver-c2__sc_ensemble-c1",
            "agents": { "detailed_solver": { "setting": "m_budget_7" }, "generate_solver": { "setting": "m_budget_nothinking" }, "sc_ensemble": { "setting": "qwen3-4b_budget_20" } },
            "metrics": { "expected_accuracy": 0.75, "expected_latency": 9.25 } } ] }
        """;

    private static readonly int s_count = int.Parse(Environment.GetEnvironmentVariable("FLOWCOMPILE_FUZZ") ?? "4000", CultureInfo.InvariantCulture);
    private static readonly AgentNames s_names = new(MathWorkflow.Graph);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("flowcompile-import");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Every_damaged_profile_is_read_or_refused_in_one_line()
    {
        var rates = Write("rates.json", Encoding.UTF8.GetBytes(Rates));
        Damage(Results, path => PublishedProfile.Read(path, rates, s_names));
    }

    [Fact]
    public void Every_damaged_table_of_rates_is_read_or_refused_in_one_line()
    {
        var results = Write("results.json", Encoding.UTF8.GetBytes(Results));
        Damage(Rates, path => PublishedProfile.Read(results, path, s_names));
    }

    [Fact]
    public void Every_damaged_plan_is_read_or_refused_in_one_line() => Damage(Compiled, path => PublishedPlan.Read(path, s_names));

    private void Damage(string text, Action<string> read)
    {
        var original = Encoding.UTF8.GetBytes(text);
        var random = new Random(20260101);
        var (accepted, refused) = (0, 0);
        for (var i = 0; i < s_count; i++)
        {
            var path = Write("damaged.json", Mutation.Of(original, random));
            try
            {
                read(path);
                accepted++;
            }
            catch (CompileException e)
            {
                Assert.DoesNotContain('\n', e.Message);
                refused++;
            }
        }

        Assert.True(accepted > s_count / 200 && refused > s_count / 200, $"{accepted} accepted, {refused} refused");
    }

    private string Write(string name, byte[] bytes)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }
}
