using System.Globalization;
using Google.OrTools.Sat;

namespace FlowCompile.Deployment;

/// <summary>OR-Tools CP-SAT in this process, with one thread and a seed, so that the same model gives the same answer.</summary>
/// <param name="options">How long it may take; <see langword="null"/> for the defaults.</param>
/// <param name="presolve">Whether CP-SAT simplifies each model before it searches. It changes the time of a search, not what is proven.</param>
internal sealed class CpSatSolver(CpSatOptions? options, bool presolve = true)
{
    private readonly CpSatOptions _options = options ?? new CpSatOptions();

    /// <summary>The number of models solved.</summary>
    public int Solved { get; private set; }

    /// <summary>Solves a model to the end. The model must not change meanwhile.</summary>
    /// <param name="model">The model.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <returns>The values of the variables in a proven optimum; <see langword="null"/> where it is proven that there is none.</returns>
    /// <exception cref="DeploymentException">The native library is not there, or nothing was proven within the time limit.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled. The search has ended.</exception>
    public async Task<IReadOnlyList<long>?> SolveAsync(CpModel model, CancellationToken cancellationToken)
    {
        OrToolsLibrary.Require();
        var response = await Task.Run(() => Solve(model.Model, cancellationToken), cancellationToken).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        Solved++;
        return response.Status switch
        {
            CpSolverStatus.Infeasible => null,
            CpSolverStatus.Optimal => response.Solution,
            CpSolverStatus.Unknown or CpSolverStatus.Feasible => throw new DeploymentException(string.Create(
                CultureInfo.InvariantCulture,
                $"CP-SAT proved no optimum within {_options.TimeLimit.TotalSeconds:0.###} s; allow more time, or ask for less (fewer models, a larger accuracy step).")),
            _ => throw new DeploymentException($"CP-SAT holds the model for invalid ({response.SolutionInfo}); {model.Validate()}"),
        };
    }

    private CpSolverResponse Solve(CpModelProto model, CancellationToken cancellationToken)
    {
        using var solve = new SolveWrapper();

        // Ctrl-C is the program's own: it comes as a cancellation, and must not end the search as a time limit does.
        solve.SetStringParameters(string.Create(
            CultureInfo.InvariantCulture,
            $"num_workers:1,random_seed:{_options.Seed},max_time_in_seconds:{_options.TimeLimit.TotalSeconds:R},catch_sigint_signal:false,cp_model_presolve:{(presolve ? "true" : "false")}"));
        using (cancellationToken.Register(solve.StopSearch))
        {
            return solve.Solve(model);
        }
    }
}
