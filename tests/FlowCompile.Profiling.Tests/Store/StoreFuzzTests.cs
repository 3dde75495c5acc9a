using System.Globalization;
using System.Text.Json;
using FlowCompile.Tests.Plans;

namespace FlowCompile.Profiling.Tests.Store;

/// <summary>
/// Damaged profile stores. The environment variable <c>FLOWCOMPILE_FUZZ</c> says how many are read (default 2000); some of them are
/// damaged as files, the rest in the values of one row, which SQLite cannot tell from good ones. What is read is what was written, or the store is refused.
/// </summary>
public sealed class StoreFuzzTests : IDisposable
{
    private const long MostMemory = 1L << 30;
    private static readonly int s_count = int.Parse(Environment.GetEnvironmentVariable("FLOWCOMPILE_FUZZ") ?? "2000", CultureInfo.InvariantCulture);
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Every_damaged_store_is_read_or_refused_in_one_line()
    {
        var run = new ProfileRun(_folder.File("whole.db"));
        var expected = Text(await run.RunAsync(cases: 2));
        StoreDamage.Settle(run.Store);
        var original = await File.ReadAllBytesAsync(run.Store);
        var path = _folder.File("damaged.db");
        var random = new Random(20260101);
        var (read, refused) = (0, 0);
        for (var i = 0; i < s_count; i++)
        {
            foreach (var leftover in Directory.EnumerateFiles(Path.GetDirectoryName(path)!, "damaged.db*"))
            {
                File.Delete(leftover);
            }

            string? changed = null;
            if (i % 2 == 0)
            {
                await File.WriteAllBytesAsync(path, i % 4 == 0 ? Mutation.Of(original, random) : StoreDamage.Overwrite(original, random));
            }
            else
            {
                await File.WriteAllBytesAsync(path, original);
                changed = StoreDamage.ChangeValue(path, random);
            }

            var before = GC.GetTotalAllocatedBytes();
            try
            {
                using var store = ProfileStore.Open(path, create: false);
                var summary = ProfileSummary.Read(store, run.Settings);
                Assert.True(changed is null, $"input {i}: {changed} was changed, and read");
                Assert.True(expected == Text(summary), $"input {i}: what was read was never written");
                read++;
            }
            catch (ProfileException e)
            {
                Assert.DoesNotContain('\n', e.Message);
                Assert.Contains(path, e.Message, StringComparison.Ordinal);
                refused++;
            }

            Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, MostMemory);
        }

        Assert.True(read > s_count / 50 && refused > s_count / 20, $"{read} read, {refused} refused");
    }

    private static string Text(ProfileSummary summary) =>
        string.Join('\n', [JsonSerializer.Serialize(summary.Manifest), summary.ProfileHash, .. summary.Outcomes.Select(one => $"{one.Cell} {one.Outcome with { TokenTimes = [] }}")]);
}
