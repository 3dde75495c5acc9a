namespace FlowCompile.Models.OpenAI.Tests;

/// <summary>What is alive on the managed heap of this process, and how that grows with the work done.</summary>
internal static class LiveMemory
{
    /// <summary>
    /// The bytes that a full, blocking, compacting collection left alive. Finalizers run in between, since what they let go is alive until then. Only as good
    /// as the process is quiet: whoever asks runs in <see cref="MeasuredAlone" />.
    /// </summary>
    public static long Bytes()
    {
        for (var round = 0; round < 3; round++)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }

        GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: true);
        var collection = GC.GetGCMemoryInfo(GCKind.FullBlocking);
        return collection.HeapSizeBytes - collection.FragmentedBytes;
    }

    /// <summary>
    /// By how many bytes a call the live memory grew: from the median of the first third of <paramref name="afterBatch" /> to the median of the last third,
    /// so that neither a buffer held at one moment nor one freed counts. The first batch warms up and is left out.
    /// </summary>
    public static double GrowthPerCall(IReadOnlyList<long> afterBatch, int callsPerBatch)
    {
        var warm = afterBatch.Skip(1).ToArray();
        var third = warm.Length / 3;
        return (Median(warm[^third..]) - Median(warm[..third])) / ((double)(warm.Length - third) * callsPerBatch);
    }

    private static long Median(long[] values) => values.Order().ElementAt(values.Length / 2);
}
