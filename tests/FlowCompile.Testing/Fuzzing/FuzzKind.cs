namespace FlowCompile.Testing.Fuzzing;

/// <summary>A kind of file that comes from outside, how it is mutated, and what has to hold for whatever comes out.</summary>
public abstract class FuzzKind : IDisposable
{
    /// <summary>The kind's name.</summary>
    public abstract string Name { get; }

    /// <summary>The most that reading and checking one input may allocate, in bytes; 64 for each of its own come on top.</summary>
    public virtual long MostMemory => 512L << 20;

    /// <summary>Where the kind may write: a folder of its own, which goes with it.</summary>
    protected string Folder { get; } = Directory.CreateTempSubdirectory("flowcompile-fuzz-").FullName;

    /// <summary>Makes an input; the same for the same random numbers.</summary>
    /// <param name="random">The random numbers.</param>
    public abstract FuzzInput Mutate(Random random);

    /// <summary>Reads an input through the public interface.</summary>
    /// <param name="input">The input.</param>
    /// <returns>Whether it was accepted; otherwise it was refused as documented.</returns>
    /// <exception cref="FuzzFailureException">A rule was broken.</exception>
    public abstract bool Read(FuzzInput input);

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Removes what the kind made.</summary>
    /// <param name="disposing">Whether it is disposed, and not collected.</param>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing && Directory.Exists(Folder))
        {
            Directory.Delete(Folder, recursive: true);
        }
    }
}
