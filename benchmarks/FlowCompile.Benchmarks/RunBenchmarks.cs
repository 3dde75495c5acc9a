using BenchmarkDotNet.Attributes;
using FlowCompile.Tests.Run.Golden.Planned;

namespace FlowCompile.Benchmarks;

/// <summary>A run of the sample's six nodes with models that return at once: what the runtime adds to the models' own time.</summary>
[MemoryDiagnoser]
public class RunBenchmarks
{
    private const string Problem = "ann has 21 books . then ann has twice as many books . how many books does ann have now ?";
    private readonly HandWrittenMath _byHand;
    private readonly MathWorkflow _workflow;
    private readonly CancellationToken _token;

    public RunBenchmarks()
    {
        var model = new InstantModel();
        _byHand = new HandWrittenMath(model, model);
        _workflow = new MathWorkflow
        {
            Models = new ModelCatalog().Add("nano", model).Add("micro", model, leaveOpen: true).Add("mini", model, leaveOpen: true),
        };
        _token = new CancellationTokenSource().Token;
    }

    [Benchmark(Baseline = true)]
    public Task<string> HandWrittenWhenAll() => _byHand.RunAsync(Problem, calls: null, _token);

    /// <summary>By hand too, and with what a run keeps: the tokens and the latency of each call.</summary>
    [Benchmark]
    public Task<string> HandWrittenWithRecords() => _byHand.RunAsync(Problem, new List<CallRecord>(6), _token);

    [Benchmark]
    public Task<WorkflowResult<string>> Workflow() => _workflow.RunAsync(Problem, Preference.MostAccurate, _token);
}
