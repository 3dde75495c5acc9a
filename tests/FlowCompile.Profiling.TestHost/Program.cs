using System.Globalization;
using FlowCompile.Profiling;
using FlowCompile.Profiling.TestHost;

// "lock", store: keeps the store locked until it gets a line.
if (args is ["lock", var locked])
{
    SQLitePCL.Batteries_V2.Init();
    using var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={locked};Pooling=False");
    connection.Open();
    using var command = connection.CreateCommand();
    command.CommandText = "PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE";
    command.ExecuteNonQuery();
    Console.WriteLine("locked");
    Console.ReadLine();
    return;
}

if (args is ["killed", .. var rest])
{
    await KilledRuns.RunAsync(rest);
    return;
}

// Profiles DoublingWorkflow: store, case file, milliseconds per call, concurrency, a file that gets a line for every call begun,
// the size of batches, after how many cases a race ends (0: none), and a file that has to have something in it before a call is answered.
var (storePath, casesPath, delay, concurrency, callsPath) = (args[0], args[1], args[2], args[3], args[4]);
using var calls = new StreamWriter(new FileStream(callsPath, FileMode.Append, FileAccess.Write, FileShare.ReadWrite)) { AutoFlush = true };
var other = args.Length > 7 ? new FileInfo(args[7]) : null;
using var models = Doubling.Models(
    TimeSpan.FromMilliseconds(int.Parse(delay, CultureInfo.InvariantCulture)),
    call =>
    {
        lock (calls)
        {
            calls.WriteLine(call);
        }
    },
    async () =>
    {
        for (; other is not null && !(other.Exists && other.Length > 0); other.Refresh())
        {
            await Task.Delay(5);
        }
    });
var descriptor = DoublingWorkflow.Descriptor;
var cases = CaseFile.Read(casesPath, descriptor);
using var store = ProfileStore.Open(storePath);
var settled = int.Parse(args[6], CultureInfo.InvariantCulture);
var options = new ProfilerOptions
{
    Concurrency = int.Parse(concurrency, CultureInfo.InvariantCulture),
    Batch = int.Parse(args[5], CultureInfo.InvariantCulture),
    Race = settled > 0 ? new DropAfter(10, settled) : null,
};
var summary = await new Profiler(descriptor, models, Doubling.Settings(), store, options).RunAsync(cases);
Console.WriteLine(ProfileSummary.HashOutcomes(summary.Outcomes, withTimes: false));
