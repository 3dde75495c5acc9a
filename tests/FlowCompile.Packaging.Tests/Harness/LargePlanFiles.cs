using System.Globalization;
using System.Text.Json.Nodes;

namespace FlowCompile.Packaging.Tests.Harness;

/// <summary>A program on the workflow of the WordMath sample with a plan of many configurations, each on a model of its own that answers with its name.</summary>
internal static class LargePlanFiles
{
    private const string Program = """
        using System.Globalization;
        using FlowCompile;
        using Microsoft.Extensions.AI;
        using WordMath;

        using var models = new ModelCatalog();
        for (var i = 0; i < MathWorkflow.Plan.Configurations.Count; i++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"m{i}");
            models.Add(name, new NamedModel(name));
        }

        var math = new MathWorkflow { Models = models };
        Console.WriteLine(MathWorkflow.Plan.Configurations.Count);
        foreach (var preference in new[] { Preference.Fastest, Preference.AtLeast(0.7), Preference.Within(TimeSpan.FromMilliseconds(50.5)), Preference.MostAccurate })
        {
            var result = await math.RunAsync("how many ?", preference);
            Console.WriteLine($"{result.Configuration.Id} {result.Output}");
        }

        internal sealed class NamedModel(string name) : IChatClient
        {
            public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
                Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, name)));

            public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
                throw new NotSupportedException();

            public object? GetService(Type serviceType, object? serviceKey = null) => null;

            public void Dispose()
            {
            }
        }
        """;

    /// <summary>Writes the program, the workflow and the plan.</summary>
    /// <param name="folder">The project's folder.</param>
    /// <param name="configurations">How many configurations the plan has. Configuration i is right with 0.5 + i / 1000 and takes i + 1 milliseconds.</param>
    public static void WriteTo(string folder, int configurations)
    {
        foreach (var file in new[] { "MathWorkflow.cs", "MathCase.cs", "Arithmetic.cs" })
        {
            File.Copy(Path.Combine(SampleFiles.Folder, file), Path.Combine(folder, file));
        }

        File.WriteAllText(Path.Combine(folder, "Program.cs"), Program);
        var plan = JsonNode.Parse(File.ReadAllBytes(Path.Combine(SampleFiles.Folder, "math.flowplan.json")))!.AsObject();
        foreach (var measured in new[] { "provenance", "verification", "cells", "folded", "foldedLoss" })
        {
            plan.Remove(measured);
        }

        plan["configurations"] = new JsonArray([.. Enumerable.Range(0, configurations).Select(i => new JsonObject
        {
            ["id"] = string.Create(CultureInfo.InvariantCulture, $"c{i}"),
            ["counts"] = new JsonObject { ["DetailedSolver"] = 1 },
            ["settings"] = new JsonObject { ["DetailedSolver"] = string.Create(CultureInfo.InvariantCulture, $"m{i}@0") },
            ["estimate"] = new JsonObject { ["accuracy"] = (500 + i) / 1000.0, ["latencySeconds"] = (i + 1) / 1000.0 },
        })]);
        File.WriteAllText(Path.Combine(folder, "math.flowplan.json"), plan.ToJsonString());
    }
}
