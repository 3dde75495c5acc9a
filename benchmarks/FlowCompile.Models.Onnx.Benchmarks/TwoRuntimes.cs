using System.Diagnostics;
using System.Globalization;
using FlowCompile.Models.GenAI;
using FlowCompile.Testing;
using Microsoft.Extensions.AI;

namespace FlowCompile.Models.Onnx.Benchmarks;

/// <summary>Tokens a second of the sample's models under ONNX Runtime GenAI, against the same models under ONNX Runtime, in turns.</summary>
internal static class TwoRuntimes
{
    private const int Turns = 6;

    public static async Task RunAsync(int cases)
    {
        Console.WriteLine("| model | tokens | tokens/s, onnx | genai | genai / onnx, median of the turns |");
        Console.WriteLine("|---|--:|--:|--:|--:|");
        var root = Directory.CreateTempSubdirectory("flowcompile-benchmark-").FullName;
        try
        {
            foreach (var name in Sample.Settings.Models.Select(model => model.Name).Take(3)) // without the one whose activations are rounded
            {
                var folder = Path.Combine(root, name);
                Directory.CreateDirectory(folder);
                foreach (var file in Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "models", name)))
                {
                    File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
                }

                File.WriteAllText(Path.Combine(folder, "genai_config.json"), GenAIConfigFile.Of(folder));
                using var onnx = new OnnxChatClient(folder, new OnnxModelOptions { ExecutionProvider = OnnxExecutionProvider.Cpu });
                using var genai = new GenAIChatClient(folder);
                await MeasureAsync(onnx, cases);
                await MeasureAsync(genai, cases);
                List<(double Onnx, double GenAI)> turns = [];
                long tokens = 0;
                for (var turn = 0; turn < Turns; turn++)
                {
                    var (count, first) = await MeasureAsync(onnx, cases);
                    turns.Add((first, (await MeasureAsync(genai, cases)).PerSecond));
                    tokens = count;
                }

                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture, $"| {name} | {tokens} | {Median(turns.Select(one => one.Onnx)):0} | {Median(turns.Select(one => one.GenAI)):0} | {Median(turns.Select(one => one.GenAI / one.Onnx)):0.00} |"));
            }
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    private static double Median(IEnumerable<double> values) => values.Order().ToArray() is var sorted ? sorted[sorted.Length / 2] : 0;

    private static async Task<(long Tokens, double PerSecond)> MeasureAsync(IChatClient client, int cases)
    {
        var (tokens, watch) = (0L, Stopwatch.StartNew());
        foreach (var problem in Sample.Problems(cases))
        {
            tokens += (await client.GetResponseAsync([new ChatMessage(ChatRole.User, $"[solve] {problem}")])).Usage!.OutputTokenCount!.Value;
        }

        return (tokens, tokens / watch.Elapsed.TotalSeconds);
    }
}
