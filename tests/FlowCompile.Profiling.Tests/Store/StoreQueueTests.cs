namespace FlowCompile.Profiling.Tests.Store;

/// <summary>Statements of several workers that share a transaction.</summary>
public class StoreQueueTests
{
    [Fact]
    public async Task What_many_ask_for_at_once_is_in_the_store_and_each_gets_its_own_answer()
    {
        using var folder = new TestFolder();
        using var connection = new StoreConnection(folder.File("queue.db"), TimeSpan.FromSeconds(1));
        connection.Execute("CREATE TABLE notes (number INTEGER PRIMARY KEY)");
        var answers = await Task.WhenAll(Enumerable.Range(0, 500).Select(number => Task.Run(() => connection.TransactAsync(() =>
        {
            connection.Execute("INSERT INTO notes VALUES (?1)", number);
            return number;
        }))));
        Assert.Equal(Enumerable.Range(0, 500), answers);
        Assert.Equal(Enumerable.Range(0, 500), connection.Query("SELECT number FROM notes ORDER BY number", row => row.Int(0)));
    }

    [Fact]
    public async Task What_fails_leaves_nothing_behind_and_takes_nothing_of_others_with_it()
    {
        using var folder = new TestFolder();
        using var connection = new StoreConnection(folder.File("queue.db"), TimeSpan.FromSeconds(1));
        connection.Execute("CREATE TABLE notes (number INTEGER PRIMARY KEY)");
        using var isFull = new ManualResetEventSlim();
        var first = connection.TransactAsync(() => isFull.Wait(TimeSpan.FromSeconds(30)));
        var others = Enumerable.Range(0, 10).Select(number => connection.TransactAsync(() =>
        {
            connection.Execute("INSERT INTO notes VALUES (?1)", number);
            return number % 5 == 0 ? throw new TimeoutException("by the test") : number;
        })).ToList();
        isFull.Set();
        Assert.True(await first);
        foreach (var (number, other) in others.Index())
        {
            if (number % 5 == 0)
            {
                await Assert.ThrowsAsync<TimeoutException>(() => other);
            }
            else
            {
                Assert.Equal(number, await other);
            }
        }

        Assert.Equal([1, 2, 3, 4, 6, 7, 8, 9], connection.Query("SELECT number FROM notes ORDER BY number", row => row.Int(0)));
    }
}
