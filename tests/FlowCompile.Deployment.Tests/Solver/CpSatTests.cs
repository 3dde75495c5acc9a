using System.Diagnostics;
using Google.OrTools.Sat;

namespace FlowCompile.Deployment.Tests;

public sealed class CpSatTests
{
    [Fact]
    public async Task A_model_without_a_solution_has_none()
    {
        var model = new CpModel();
        model.AddLinearConstraint(model.NewBoolVar("x") + model.NewBoolVar("y"), 3, long.MaxValue);
        Assert.Null(await new CpSatSolver(null).SolveAsync(model, default));
    }

    [Fact]
    public async Task A_bound_is_in_force_for_one_solve_only()
    {
        var model = new BoundedModel();
        var (x, y) = (model.Model.NewIntVar(0, 10, "x"), model.Model.NewIntVar(0, 10, "y"));
        model.Model.AddLinearConstraint(x + y, 4, long.MaxValue);
        var solver = new CpSatSolver(null);
        foreach (var (bounded, least, expected) in new[] { (y, 3L, 1L), (y, 0, 4), (x, 7, 7), (y, 4, 0) })
        {
            var solution = await solver.SolveAsync(model.Minimize(x + (11 * y), bounded, least, long.MaxValue), default);
            Assert.Equal(expected, solution![x.Index]);
        }

        Assert.Equal(4, solver.Solved);
    }

    [Fact]
    public async Task The_same_model_gives_the_same_answer()
    {
        var answers = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            answers.Add(string.Join(' ', (await new CpSatSolver(new CpSatOptions { Seed = 7 }).SolveAsync(Packing(40, 60), default))!));
        }

        Assert.Single(answers.Distinct());
    }

    [Fact]
    public async Task A_model_that_is_none_is_refused()
    {
        var model = new CpModel();
        model.Model.Variables.Add(new IntegerVariableProto { Domain = { 3, 1 } });
        var error = await Assert.ThrowsAsync<DeploymentException>(() => new CpSatSolver(null).SolveAsync(model, default));
        Assert.StartsWith("CP-SAT holds the model for invalid (", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public async Task What_is_not_proven_within_the_time_limit_is_said()
    {
        var start = Stopwatch.GetTimestamp();
        var error = await Assert.ThrowsAsync<DeploymentException>(() => new CpSatSolver(new CpSatOptions { TimeLimit = TimeSpan.FromMilliseconds(200) }).SolveAsync(Hard(), default));
        Assert.Equal("CP-SAT proved no optimum within 0.2 s; allow more time, or ask for less (fewer models, a larger accuracy step).", error.Message);
        Assert.False(error.IsNotInstalled);
        Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task Cancelling_ends_the_search()
    {
        using var cancel = new CancellationTokenSource();
        var solving = new CpSatSolver(new CpSatOptions { TimeLimit = TimeSpan.FromMinutes(10) }).SolveAsync(Hard(), cancel.Token);
        await Task.Delay(500);
        Assert.False(solving.IsCompleted);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => solving.WaitAsync(TimeSpan.FromSeconds(60)));
    }

    [Fact]
    public async Task What_is_cancelled_before_it_begins_does_not_begin()
    {
        var solver = new CpSatSolver(null);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => solver.SolveAsync(Hard(), new CancellationToken(canceled: true)));
        Assert.Equal(0, solver.Solved);
    }

    [Fact]
    public void Options_that_cannot_be_meant_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new CpSatOptions { TimeLimit = TimeSpan.Zero });
        Assert.Throws<ArgumentOutOfRangeException>(() => new CpSatOptions { Seed = -1 });
    }

    [Theory]
    [InlineData("linux-x64", "Deployment limits need the native library of OR-Tools, which the package Google.OrTools.runtime.linux-x64 9.15.6755 brings, and it could not be loaded (no such file); install FlowCompile.Tool again.")]
    [InlineData("linux-musl-x64", "Deployment limits need the native library of OR-Tools, and Google.OrTools 9.15.6755 has none for linux-musl-x64; run this on linux-x64, linux-arm64, osx-x64, osx-arm64 or win-x64.")]
    public void A_native_library_that_is_not_there_is_said_with_what_brings_it(string platform, string message) =>
        Assert.Equal(message, OrToolsLibrary.Describe(platform, "9.15.6755", "no such file"));

    /// <summary>Which of 60 numbers make up half of their sum, in five columns at once: nothing that is found or refuted within minutes.</summary>
    private static CpModel Hard()
    {
        var random = new Random(5);
        var model = new CpModel();
        var variables = Enumerable.Range(0, 60).Select(i => model.NewBoolVar($"x{i}")).ToList();
        for (var column = 0; column < 5; column++)
        {
            var weights = variables.Select(_ => (long)random.Next(1, 1_000_000)).ToList();
            model.AddLinearConstraint(LinearExpr.WeightedSum(variables, weights), weights.Sum() / 2, weights.Sum() / 2);
        }

        return model;
    }

    /// <summary>As many of some things as fit, each of the same worth: many answers are equally good.</summary>
    private static CpModel Packing(int things, int space)
    {
        var random = new Random(3);
        var model = new CpModel();
        var variables = Enumerable.Range(0, things).Select(i => model.NewBoolVar($"x{i}")).ToList();
        model.AddLinearConstraint(LinearExpr.WeightedSum(variables, variables.Select(_ => (long)random.Next(1, 10))), 0, space);
        model.Maximize(LinearExpr.Sum(variables));
        return model;
    }
}
