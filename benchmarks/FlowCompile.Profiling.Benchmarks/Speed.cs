using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using FlowCompile.Models.OpenAI;
using FlowCompile.Settings;
using Microsoft.Extensions.AI;

namespace FlowCompile.Profiling.Benchmarks;

/// <summary>How fast profiles are measured where the models take no time, and how much of a server's time is used where they take some.</summary>
internal static class Speed
{
    private const string Budgets = "0, 8, 16, 32, 64, 128, 256, 512";

    /// <summary>Profiles a workflow of two sub-agents with models that answer at once, into a store on disk.</summary>
    /// <param name="concurrency">How many cells are measured at once.</param>
    /// <param name="cases">How many cases: each has 48 cells or a few less.</param>
    public static async Task InstantAsync(int concurrency, int cases)
    {
        var folder = Directory.CreateTempSubdirectory("flowcompile-benchmark-").FullName;
        try
        {
            var settings = Parse(folder, """ "onnx": "none" """, ["a", "b"]);
            using var models = new ModelCatalog().Add("a", new InstantModel("a")).Add("b", new InstantModel("b"));
            Console.WriteLine("| cells | at once | s | cells/s | KiB allocated a cell | MiB held while measuring | MiB, the process at most |");
            Console.WriteLine("|--:|--:|--:|--:|--:|--:|--:|");
            var (done, seconds, held, allocated) = await ProfileAsync(folder, settings, models, concurrency, cases);
            using var process = Process.GetCurrentProcess();
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {done} | {concurrency} | {seconds:0.00} | {done / seconds:0} | {allocated / 1024.0 / done:0.0} | {held / 1048576.0:0} | {process.PeakWorkingSet64 / 1048576.0:0} |"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>The same calls to a server of another process that answers after a while: by a bare HTTP client, by the chat client, and in a profile.</summary>
    /// <param name="concurrency">How many calls are made at once.</param>
    /// <param name="cases">How many cases.</param>
    /// <param name="milliseconds">How long the server takes for a call.</param>
    public static async Task HttpAsync(int concurrency, int cases, int milliseconds)
    {
        var folder = Directory.CreateTempSubdirectory("flowcompile-benchmark-").FullName;
        using var server = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, ["serve", milliseconds.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        try
        {
            var endpoint = new Uri((await server.StandardOutput.ReadLineAsync())!);
            var settings = Parse(folder, $""" "openai": "{endpoint}", "concurrency": {concurrency} """, ["a"]);
            using var client = new OpenAIModels().Open(settings.Models[0]);
            using var models = new ModelCatalog().Add("a", client, leaveOpen: true);
            using var http = new HttpClient();
            var bytes = Encoding.UTF8.GetBytes("""{"model":"a","messages":[{"role":"user","content":"How much is it?"}],"stream":true,"stream_options":{"include_usage":true}}""");
            Console.WriteLine("| | calls | at once | s | efficiency |");
            Console.WriteLine("|---|--:|--:|--:|--:|");
            var calls = cases * 24;
            for (var round = 0; round < 2; round++)
            {
                Write("bare HTTP client", calls, await LoopAsync(calls, concurrency, async () =>
                {
                    using var content = new ByteArrayContent(bytes) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
                    using var response = await http.PostAsync(new Uri(endpoint + "/chat/completions"), content);
                    await response.Content.ReadAsByteArrayAsync();
                }));
                Write("chat client", calls, await LoopAsync(calls, concurrency, () => client.GetResponseAsync([new ChatMessage(ChatRole.User, "How much is it?")])));
                var (done, seconds, _, _) = await ProfileAsync(Directory.CreateDirectory(Path.Combine(folder, round.ToString(CultureInfo.InvariantCulture))).FullName, settings, models, concurrency, cases);
                Write("profile", done, seconds);
            }

            void Write(string what, int done, double seconds) => Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"| {what} | {done} | {concurrency} | {seconds:0.00} | {done * milliseconds / 1000.0 / concurrency / seconds:0.00} |"));
        }
        finally
        {
            server.StandardInput.Close();
            await server.WaitForExitAsync();
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<double> LoopAsync(int calls, int concurrency, Func<Task> call)
    {
        var watch = Stopwatch.StartNew();
        await Parallel.ForEachAsync(Enumerable.Range(0, calls), new ParallelOptions { MaxDegreeOfParallelism = concurrency }, async (_, _) => await call());
        return watch.Elapsed.TotalSeconds;
    }

    // The time is that of all calls, those of the reference runs included, and of nothing before and behind them.
    private static async Task<(int Done, double Seconds, long Held, long Allocated)> ProfileAsync(
        string folder, ProjectSettings settings, ModelCatalog models, int concurrency, int cases)
    {
        var file = Path.Combine(folder, "cases.jsonl");
        await File.WriteAllLinesAsync(file, Enumerable.Range(0, cases).Select(i => JsonSerializer.Serialize(new { id = $"case-{i}", problem = $"eva has {i} coins . how many coins does eva have now ?", answer = i % 10 })));
        var descriptor = DescriptorOf<ChainWorkflow>();
        var read = CaseFile.Read(file, descriptor);
        using var store = ProfileStore.Open(Path.Combine(folder, "profile.db"));
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var allocated = GC.GetTotalAllocatedBytes();
        var progress = new CellCount();
        var watch = Stopwatch.StartNew();
        var summary = await new Profiler(descriptor, models, settings, store, new ProfilerOptions { Concurrency = concurrency }).RunAsync(read, progress);
        var seconds = watch.Elapsed.TotalSeconds;
        return (summary.Outcomes.Count + (2 * cases * 2), seconds, progress.Held - before, GC.GetTotalAllocatedBytes() - allocated);
    }

    private static ProjectSettings Parse(string folder, string source, IReadOnlyList<string> models) => ProjectSettings.Parse(
        Path.Combine(folder, ProjectSettings.FileName),
        Encoding.UTF8.GetBytes($$"""
            {
              "models": { {{string.Join(", ", models.Select(name => $$"""  "{{name}}": { {{source}} }  """))}} },
              "budgets": [{{Budgets}}],
              "workflows": { "chain": { "cases": "cases.jsonl", "reference": "a@64", "schedule": "parallel", "seed": 1 } }
            }
            """));

    private static WorkflowDescriptor DescriptorOf<T>()
        where T : IWorkflow => T.Descriptor;

    /// <summary>Looks at the memory that is held when nearly all cells are measured.</summary>
    private sealed class CellCount : IProgress<ProfileProgress>
    {
        private int _looked;

        public long Held { get; private set; }

        public void Report(ProfileProgress value)
        {
            if (value is { Phase: ProfilePhase.Cells, Total: > 0 } && value.Done > value.Total * 0.95 && Interlocked.Exchange(ref _looked, 1) == 0)
            {
                Held = GC.GetTotalMemory(forceFullCollection: true);
            }
        }
    }
}
