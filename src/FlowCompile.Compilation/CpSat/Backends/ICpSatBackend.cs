namespace FlowCompile.Compilation.CpSat.Backends;

/// <summary>One way to CP-SAT: serialized model and parameters in, serialized response out. One call at a time.</summary>
internal interface ICpSatBackend : IAsyncDisposable
{
    /// <summary>Solves a model.</summary>
    /// <param name="model">A <c>CpModelProto</c>.</param>
    /// <param name="parameters">The <c>SatParameters</c>.</param>
    /// <param name="timeout">How long to wait for the answer.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The <c>CpSolverResponse</c>.</returns>
    /// <exception cref="CpSatException">There is no answer; the message says why.</exception>
    Task<byte[]> SolveAsync(byte[] model, byte[] parameters, TimeSpan timeout, CancellationToken cancellationToken);
}
