namespace FlowCompile.Models.OpenAI.Tests;

/// <summary>The measure of the soak itself: it sees one small object kept for each call, and nothing where nothing is kept.</summary>
[Collection(MeasuredAlone.Name)]
public sealed class LiveMemoryTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void AnArrayOfHundredBytesKeptForEachCall_ShowsAsSuch(bool keeps)
    {
        const int calls = 2000;
        var kept = new byte[10 * calls][];
        var memory = new List<long>();
        for (var call = 0; call < kept.Length; call++)
        {
            var made = new byte[100];
            kept[keeps ? call : 0] = made;
            if ((call + 1) % calls == 0)
            {
                memory.Add(LiveMemory.Bytes());
            }
        }

        // The object's header is 24 bytes.
        Assert.InRange(LiveMemory.GrowthPerCall(memory, calls), keeps ? 100 : -20, keeps ? 150 : 20);
        GC.KeepAlive(kept);
    }
}
