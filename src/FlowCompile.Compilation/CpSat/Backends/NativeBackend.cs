using System.Reflection;
using System.Runtime.InteropServices;

namespace FlowCompile.Compilation.CpSat.Backends;

/// <summary>
/// CP-SAT in an installed OR-Tools library, through the C entry point <c>SolveCpModelWithParameters</c>. The library cannot be
/// interrupted through it: when the wait is cancelled, the search goes on in the background up to its time limit.
/// </summary>
internal sealed class NativeBackend : ICpSatBackend
{
    private static readonly string[] s_names = OperatingSystem.IsWindows() ? ["ortools"]
        : OperatingSystem.IsMacOS() ? ["libortools.dylib", "libortools.9.dylib"]
        : ["libortools.so", "libortools.so.9"];

    // void SolveCpModelWithParameters(const void* model, int, const void* parameters, int, void** response, int* length)
    private readonly unsafe delegate* unmanaged[Cdecl]<byte*, int, byte*, int, void**, int*, void> _solve;

    private unsafe NativeBackend(nint entry) => _solve = (delegate* unmanaged[Cdecl]<byte*, int, byte*, int, void**, int*, void>)entry;

    /// <summary>Finds the library; <see langword="null"/> where there is none that has the entry point.</summary>
    /// <exception cref="CpSatException">A file was named and is not such a library.</exception>
    public static NativeBackend? TryLoad(CpSatOptions options)
    {
        if (options.Library is { } file)
        {
            return NativeLibrary.TryLoad(file, out var named) && NativeLibrary.TryGetExport(named, "SolveCpModelWithParameters", out var own)
                ? new NativeBackend(own)
                : throw new CpSatException($"'{file}' is not an OR-Tools library that can be loaded here: it needs the C entry point SolveCpModelWithParameters.");
        }

        foreach (var name in s_names)
        {
            if (NativeLibrary.TryLoad(name, Assembly.GetExecutingAssembly(), null, out var library)
                && NativeLibrary.TryGetExport(library, "SolveCpModelWithParameters", out var entry))
            {
                return new NativeBackend(entry);
            }
        }

        return null;
    }

    /// <inheritdoc/>
    public async Task<byte[]> SolveAsync(byte[] model, byte[] parameters, TimeSpan timeout, CancellationToken cancellationToken)
    {
        try
        {
            return await Task.Run(() => Solve(model, parameters), CancellationToken.None).WaitAsync(timeout, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException e)
        {
            throw new CpSatException(FormattableString.Invariant($"The OR-Tools library did not answer within {timeout.TotalSeconds:0.#} s."), e);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private unsafe byte[] Solve(byte[] model, byte[] parameters)
    {
        void* response = null;
        var length = 0;
        fixed (byte* request = model, settings = parameters)
        {
            _solve(request, model.Length, settings, parameters.Length, &response, &length);
        }

        if (response is null || length < 0)
        {
            NativeMemory.Free(response);
            throw new CpSatException("The OR-Tools library gave no answer.");
        }

        var bytes = new ReadOnlySpan<byte>(response, length).ToArray();
        NativeMemory.Free(response); // the library takes it from the C allocator
        return bytes;
    }
}
