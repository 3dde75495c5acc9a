namespace FlowCompile.Models.OpenAI;

/// <summary>Something that is said once, whatever the number of calls.</summary>
internal sealed class OnceFlag
{
    private int _isSet;

    /// <summary>Sets it.</summary>
    /// <returns>Whether it was not set before.</returns>
    public bool Set() => Interlocked.Exchange(ref _isSet, 1) == 0;

    /// <summary>Lets it be said again.</summary>
    public void Reset() => Volatile.Write(ref _isSet, 0);
}
