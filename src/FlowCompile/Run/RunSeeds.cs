namespace FlowCompile;

/// <summary>Seeds of calls, derived from the seed of a run: the same for the same run, node, replica and attempt on every machine.</summary>
internal static class RunSeeds
{
    /// <summary>A number for a node's name: 64-bit FNV-1a over its characters.</summary>
    public static ulong OfName(string node)
    {
        var hash = 0xCBF29CE484222325UL;
        foreach (var character in node)
        {
            hash = (hash ^ character) * 0x100000001B3UL;
        }

        return hash;
    }

    /// <summary>The seed of one call, from 0 to 2^31 - 1, which every provider accepts.</summary>
    public static long Derive(int seed, ulong node, int replica, int attempt) =>
        (long)(Mix(Mix(Mix(node ^ (uint)seed) ^ (uint)replica) ^ ((ulong)(uint)attempt << 32)) >> 33);

    // The finalizer of SplitMix64 (Steele, Lea, Flood: Fast splittable pseudorandom number generators, 2014).
    private static ulong Mix(ulong x)
    {
        x += 0x9E3779B97F4A7C15UL;
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9UL;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EBUL;
        return x ^ (x >> 31);
    }
}
