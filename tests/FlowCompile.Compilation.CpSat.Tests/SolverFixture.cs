namespace FlowCompile.Compilation.CpSat.Tests;

/// <summary>One CP-SAT process for the tests of a class.</summary>
public sealed class SolverFixture : IAsyncLifetime
{
    public CpSatSolver Solver { get; } = new(new CpSatOptions { UseLibrary = false });

    public DeploymentSolver Deployments => new(Solver);

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await Solver.DisposeAsync();
}
