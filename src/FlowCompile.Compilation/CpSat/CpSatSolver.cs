using FlowCompile.Compilation.CpSat.Backends;
using FlowCompile.Compilation.CpSat.Protocol;
using Google.Protobuf;
using Google.Protobuf.Collections;

namespace FlowCompile.Compilation.CpSat;

/// <summary>
/// OR-Tools CP-SAT: an installed OR-Tools library where there is one, otherwise WebAssembly in a Node.js process that is started at the
/// first model, kept for the next ones, and ended on disposal. Models are solved one after another, with one thread, so that the same
/// model gives the same answer.
/// </summary>
public sealed class CpSatSolver : IAsyncDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly CpSatOptions _options;
    private ICpSatBackend? _backend;

    /// <summary>Creates the solver. Nothing is looked for before the first model.</summary>
    /// <param name="options">Where CP-SAT is; <see langword="null"/> for the defaults.</param>
    public CpSatSolver(CpSatOptions? options = null) => _options = options ?? new CpSatOptions();

    internal CpSatSolver(ICpSatBackend backend, CpSatOptions options)
    {
        _backend = backend;
        _options = options;
    }

    /// <summary>The number of models solved.</summary>
    public int Solved { get; private set; }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_backend is not null)
        {
            await _backend.DisposeAsync().ConfigureAwait(false);
        }

        _turn.Dispose();
    }

    /// <summary>Solves a model to the end.</summary>
    /// <param name="model">The model.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <returns>The values of the variables in a proven optimum; <see langword="null"/> where it is proven that there is none.</returns>
    /// <exception cref="CpSatException">CP-SAT is not there, did not answer, or proved nothing within the time limit.</exception>
    internal async Task<IReadOnlyList<long>?> SolveAsync(CpModelProto model, CancellationToken cancellationToken)
    {
        var parameters = new SatParameters
        {
            NumWorkers = 1,
            RandomSeed = _options.Seed,

            // With coefficients of 2^36 and more the presolve of or-tools-wasm 0.9.1 sometimes drops the optimum (1 to 2 of 250 random
            // models); without it none was wrong. Models of this size gain nothing from it.
            CpModelPresolve = false,
            MaxTimeInSeconds = _options.TimeLimit.TotalSeconds,
        };
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        byte[] bytes;
        try
        {
            _backend ??= _options.UseLibrary && NativeBackend.TryLoad(_options) is { } native ? native : new NodeBackend(_options);
            bytes = await _backend.SolveAsync(model.ToByteArray(), parameters.ToByteArray(), _options.TimeLimit + _options.Grace, cancellationToken).ConfigureAwait(false);
            Solved++;
        }
        finally
        {
            _turn.Release();
        }

        return Read(bytes, model);
    }

    private RepeatedField<long>? Read(byte[] bytes, CpModelProto model)
    {
        CpSolverResponse response;
        try
        {
            response = CpSolverResponse.Parser.ParseFrom(bytes);
        }
        catch (InvalidProtocolBufferException e)
        {
            throw new CpSatException("CP-SAT answered with something that is no CpSolverResponse; see that OR-Tools is as it was installed.", e);
        }

        return response.Status switch
        {
            CpSolverStatus.Infeasible => null,
            CpSolverStatus.Optimal => CpModelCheck.Violation(model, response.Solution) is not { } violation
                ? response.Solution
                : throw new CpSatException($"CP-SAT answered with a solution that is none ({violation}); see that OR-Tools is as it was installed."),
            CpSolverStatus.Unknown or CpSolverStatus.Feasible => throw new CpSatException(FormattableString.Invariant(
                $"CP-SAT proved no optimum within {_options.TimeLimit.TotalSeconds:0.#} s; allow more time, or ask for less (fewer models, a larger accuracy step).")),
            _ => throw new CpSatException($"CP-SAT holds the model for invalid ({response.SolutionInfo})."),
        };
    }
}
