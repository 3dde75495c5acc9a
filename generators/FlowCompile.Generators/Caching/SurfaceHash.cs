namespace FlowCompile.Generators.Caching;

/// <summary>A hash of 128 bits: two of 64 that mix differently.</summary>
internal sealed class SurfaceHash
{
    private ulong _high = 14695981039346656037;
    private ulong _low = 0x9E3779B97F4A7C15;

    public void Add(long value)
    {
        unchecked
        {
            _high = (_high ^ (ulong)value) * 1099511628211;
            _high ^= _high >> 29;
            _low = (_low + (ulong)value) * 0xBF58476D1CE4E5B9;
            _low ^= _low >> 31;
        }
    }

    public void Add(string text)
    {
        Add(text, 0, text.Length);
        Add(text.Length);
    }

    /// <summary>Adds a part of a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="start">Its first character.</param>
    /// <param name="end">The one after its last.</param>
    public void Add(string text, int start, int end)
    {
        for (var i = start; i < end; i++)
        {
            Add(text[i]);
        }
    }

    public (ulong, ulong) Value => (_high, _low);
}
