using System.Globalization;
using FlowCompile.Graph;
using FlowCompile.Tests.Run.Golden.Code;
using FlowCompile.Tests.Run.Golden.Planned;
using Microsoft.Extensions.AI;

namespace FlowCompile.Tests.Run;

/// <summary>Generated dispatch against the interpreter, in every structure.</summary>
public class OracleTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Math_AgreesInEveryStructure(bool sequential) => Assert.Equal((2 * 2 * 3) - 1, await CompareAsync<MathWorkflow>(sequential, ["ann has 2 books"], ["leo"]));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Code_AgreesInEveryStructure(bool sequential) => Assert.Equal(
        2 * 3 * 4 * 2, await CompareAsync<CodeWorkflow>(sequential, ["an easy task", "1"], ["a hard task", "1"], ["another easy one", "2"], ["hard again", "0"]));

    private static async Task<int> CompareAsync<T>(bool sequential, params string[][] inputs)
        where T : IWorkflow
    {
        var descriptor = T.Descriptor;
        var model = new SeededModel();
        var workflow = descriptor.CreateWorkflow(FakeModel.Catalog(model));
        var structures = 0;
        foreach (var structure in new StructureSpace(descriptor.Graph).Enumerate())
        {
            structures++;
            var configuration = Configurations.Of(descriptor.Graph, structure);
            foreach (var input in inputs)
            {
                for (var seed = 0; seed < 8; seed++)
                {
                    var interpreter = new Interpreter(descriptor, workflow, configuration, model, input, seed);
                    var seen = new SeenOutputs();
                    var expected = await interpreter.RunAsync();

                    var options = new RunOptions { Seed = seed, Observer = seen, Sequential = sequential };
                    var result = await descriptor.RunAsync(workflow, input, configuration, options, CancellationToken.None);

                    Assert.Equal(Assert.Single(expected), result.Output);
                    Assert.Equal(interpreter.Seen.Lines(descriptor.Graph).Order(), seen.Lines(descriptor.Graph).Order());
                }
            }
        }

        return structures;
    }

    /// <summary>Answers by prompt, seed and temperature alone, sometimes at once and sometimes later.</summary>
    private sealed class SeededModel : IChatClient
    {
        public async Task<ChatResponse> GetResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        {
            var text = string.Concat(messages.Select(message => message.Text));
            var hash = RunSeeds.OfName(string.Create(CultureInfo.InvariantCulture, $"{text}/{options!.Seed}/{options.Temperature}"));
            if (hash % 4 == 0)
            {
                await Task.Yield();
            }

            return new ChatResponse(new ChatMessage(ChatRole.Assistant, string.Create(CultureInfo.InvariantCulture, $"answer {hash % 7}")));
        }

        public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}
