using System.Text.Json;
using Microsoft.Extensions.AI;

namespace FlowCompile.Models.Onnx.Tests;

/// <summary>
/// Thinking under chat formats: the sample's smallest model with a tokenizer of characters, whose tokens are chosen by what the model says, so
/// that it opens and closes its thinking where a test wants it to.
/// </summary>
public class ChatRunTests
{
    private const int Vocabulary = 173;
    private const int Length = 12;

    [Fact]
    public async Task A_model_that_opens_its_thinking_itself_has_it_apart_from_the_answer()
    {
        using var model = Script("qwen3", opens: true, closesAt: 4);

        var response = await AskAsync(model, budget: null);

        // The third token of thinking is followed by the mark that ends it.
        Assert.Equal(model.TextOf(1..4), response.Thinking());
        Assert.StartsWith(model.TextOf(5..6), response.Text, StringComparison.Ordinal);
        Assert.Equal(3, response.Usage!.ReasoningTokenCount);
    }

    [Fact]
    public async Task A_model_that_does_not_open_its_thinking_answers_at_once()
    {
        using var model = Script("qwen3", opens: false);

        var response = await AskAsync(model, budget: 5);

        Assert.Equal("", response.Thinking());
        Assert.Equal(model.TextOf(0..model.Said.Count), response.Text);
        Assert.Equal(0, response.Usage!.ReasoningTokenCount);
    }

    [Theory]
    [InlineData("qwen3")]
    [InlineData("qwen3-thinking")]
    public async Task Budgets_cut_the_thinking_and_no_budget_leaves_it_out(string format)
    {
        using var model = Script(format, opens: format == "qwen3");

        var free = await AskAsync(model, budget: 8);
        Assert.Equal(8, free.Usage!.ReasoningTokenCount);
        foreach (var budget in (int[])[1, 3])
        {
            var cut = await AskAsync(model, budget);
            Assert.Equal(budget, cut.Usage!.ReasoningTokenCount);
            Assert.StartsWith(cut.Thinking(), free.Thinking(), StringComparison.Ordinal);
        }

        var none = await AskAsync(model, budget: 0);
        Assert.Equal(("", 0L), (none.Thinking(), none.Usage!.ReasoningTokenCount));
    }

    [Theory]
    [InlineData("qwen3")]
    [InlineData("qwen3-thinking")]
    public async Task A_sweep_gives_what_calls_of_each_budget_give_and_a_stream_what_a_whole_one_does(string format)
    {
        using var model = Script(format, opens: format == "qwen3");
        int[] budgets = [0, 2, 5, 9];

        var sweep = await ((IBudgetSweep)model.Client).GetResponsesAsync([new ChatMessage(ChatRole.User, "hi")], budgets, TestModels.Options(temperature: 2, seed: model.Seed, maxTokens: Length));

        for (var i = 0; i < budgets.Length; i++)
        {
            var alone = await AskAsync(model, budgets[i]);
            Assert.Equal((alone.Text, alone.Thinking()), (sweep[i].Text, sweep[i].Thinking()));
            List<ChatResponseUpdate> updates = [];
            await foreach (var update in model.Client.GetStreamingResponseAsync([new ChatMessage(ChatRole.User, "hi")], TestModels.Options(budgets[i], temperature: 2, seed: model.Seed, maxTokens: Length)))
            {
                updates.Add(update);
            }

            var streamed = updates.ToChatResponse();
            Assert.Equal((alone.Text, alone.Thinking()), (streamed.Text, streamed.Thinking()));
        }
    }

    [Fact]
    public void The_token_that_ends_a_turn_ends_the_answer_though_the_settings_of_the_model_lack_it()
    {
        using var model = Script("chatml", opens: false);

        Assert.Equal([1, 21], model.Model.Generation.EndTokens);
    }

    private static Task<ChatResponse> AskAsync(Scripted model, int? budget) => model.Client.AskAsync("hi", budget, temperature: 2, seed: model.Seed, maxTokens: Length);

    // What the model says goes by ids alone, so that their meanings can be given afterwards; only what is put into the prompt has to stay.
    private static Scripted Script(string format, bool opens, int? closesAt = null)
    {
        Dictionary<string, int> tokens = new() { ["<|im_start|>"] = 20, ["<|im_end|>"] = 21, ["<think>"] = 22, ["</think>"] = 23 };
        using var silent = new Scripted(format == "qwen3-thinking" ? format : "chatml", tokens, [], 0);
        for (var seed = 1L; ; seed++)
        {
            var said = Say(silent.Model, seed);
            if (said.Count < Length || said.Any(id => id is >= 20 and <= 25) || said.Distinct().Count() < Length / 2
                || ((int?[])[opens ? 0 : null, closesAt]).Any(at => at is { } place && said.Where((_, i) => i != place).Contains(said[place])))
            {
                continue;
            }

            tokens["<think>"] = opens ? said[0] : 22;
            tokens["</think>"] = closesAt is { } close ? said[close] : 23;
            return new Scripted(format, tokens, said, seed);
        }
    }

    private static List<int> Say(OnnxModel model, long seed)
    {
        List<int> said = [];
        using var generation = new CallReader(model, TimeProvider.System, () => seed)
            .Begin([new ChatMessage(ChatRole.User, "hi")], new GenerationSettings(null, Length, new SamplingSettings(2, (ulong)seed)), 0);
        while (generation.MoveNext(CancellationToken.None))
        {
            said.Add(generation.Token);
        }

        return said;
    }

    private sealed class Scripted : IDisposable
    {
        private readonly ModelCopy _copy = new("nano");
        private readonly Lazy<OnnxChatClient> _client;
        private readonly Lazy<OnnxModel> _model;

        public Scripted(string format, Dictionary<string, int> tokens, List<int> said, long seed)
        {
            (Said, Seed) = (said, seed);
            Dictionary<string, int> vocabulary = new(StringComparer.Ordinal);
            var named = tokens.ToDictionary(token => token.Value, token => token.Key);
            for (var id = 0; id < Vocabulary; id++)
            {
                vocabulary.Add(named.GetValueOrDefault(id) ?? (id == 24 ? "\n" : $"{(char)('\u4E00' + id)}"), id);
            }

            File.WriteAllText(_copy.PathOf(ModelFolder.Tokenizer), JsonSerializer.Serialize(new
            {
                added_tokens = named.Select(token => new { id = token.Key, content = token.Value, special = token.Value.StartsWith("<|", StringComparison.Ordinal) }),
                decoder = new { type = "Fuse" },
                model = new { type = "BPE", unk_token = vocabulary.First(token => token.Value == 25).Key, fuse_unk = true, vocab = vocabulary, merges = Array.Empty<string>() },
            }));
            Format = format;
            _client = new(() => new OnnxChatClient(_copy.Folder, Options));
            _model = new(() => OnnxModel.Load(_copy.Folder, Options));
        }

        public string Format { get; }

        public List<int> Said { get; }

        public long Seed { get; }

        public OnnxChatClient Client => _client.Value;

        public OnnxModel Model => _model.Value;

        private OnnxModelOptions Options => new() { ExecutionProvider = OnnxExecutionProvider.Cpu, ChatFormat = Format };

        public string TextOf(Range range) => string.Concat(Said[range].Select(id => (char)('\u4E00' + id)));

        public void Dispose()
        {
            if (_client.IsValueCreated)
            {
                Client.Dispose();
            }

            if (_model.IsValueCreated)
            {
                Model.Dispose();
            }

            _copy.Dispose();
        }
    }
}
