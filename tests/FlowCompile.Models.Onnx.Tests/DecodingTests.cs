using CsCheck;
using FlowCompile.Testing;

namespace FlowCompile.Models.Onnx.Tests;

public class DecodingTests
{
    public static TheoryData<string> Names => [.. TestModels.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_token_is_the_one_that_reading_the_whole_text_anew_gives(string name)
    {
        var model = TestModels.Model(name);
        foreach (var prompt in Prompts.Of(3))
        {
            foreach (var budget in (int?[])[null, 0, 5])
            {
                var ids = model.Tokenizer.Encode(prompt);
                using var generation = Begin(model, ids, new GenerationSettings(budget, model.Generation.MaxNewTokens, Greedy));
                List<int> text = [.. ids, model.Generation.ThinkStart!.Value];
                if (budget == 0)
                {
                    text.Add(model.Generation.ThinkEnd!.Value);
                }

                while (generation.MoveNext(CancellationToken.None))
                {
                    Assert.Equal(Likeliest(model.Decoder, text), generation.Token);
                    text.Add(generation.Token);
                    if (generation.Kind == TokenKind.Thinking && generation.Thinking.Count == budget)
                    {
                        text.Add(model.Generation.ThinkEnd!.Value);
                    }
                }

                Assert.Equal(GenerationEnd.Stop, generation.End);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void However_a_text_is_cut_into_runs_its_logits_are_the_same(string name)
    {
        var model = TestModels.Model(name);
        var texts = Prompts.Of(5).Select(prompt => model.Tokenizer.Encode(prompt).ToArray()).ToArray();
        var cuts = Gen.OneOf(texts).SelectMany(text => Gen.Int[1, text.Length].Array[1, 20].Select(lengths => (text, lengths)));
        PropertyCheck.Holds(cuts, 30, sample =>
        {
            var (text, lengths) = sample;
            using var whole = new DecoderState(model.Decoder);
            model.Decoder.Run(whole, text);
            using var parts = new DecoderState(model.Decoder);
            foreach (var length in lengths.Append(text.Length))
            {
                var rest = text.AsSpan(parts.Position);
                if (rest.Length > 0)
                {
                    model.Decoder.Run(parts, rest[..Math.Min(length, rest.Length)]);
                }
            }

            for (var i = 0; i < whole.Logits.Length; i++)
            {
                Assert.Equal(whole.Logits[i], parts.Logits[i], 1e-4f);
            }
        });
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_greedy_call_answers_the_same_whatever_the_seed(string name)
    {
        var client = TestModels.Client(name);
        foreach (var prompt in Prompts.Of(3))
        {
            var first = await client.AskAsync(prompt, seed: 1);
            var second = await client.AskAsync(prompt, seed: 2);
            Assert.Equal(first.Text, second.Text);
            Assert.Equal(first.Thinking(), second.Thinking());
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_sampled_call_answers_the_same_under_the_same_seed_and_differs_under_others(string name)
    {
        var client = TestModels.Client(name);
        var prompt = Prompts.Solve(TestModels.Cases[2]);
        HashSet<string> thoughts = [];
        for (var seed = 0; seed < 20; seed++)
        {
            var first = await client.AskAsync(prompt, temperature: 3, seed: seed);
            var second = await client.AskAsync(prompt, temperature: 3, seed: seed);
            Assert.Equal(first.Text, second.Text);
            Assert.Equal(first.Thinking(), second.Thinking());
            thoughts.Add(first.Thinking());
        }

        Assert.True(thoughts.Count > 10, $"20 seeds gave {thoughts.Count} texts");
    }

    [Fact]
    public async Task A_sampled_call_without_a_seed_takes_a_new_one_each_time()
    {
        var next = 0L;
        using var client = new OnnxChatClient(TestModels.Folder("nano"), TestModels.OnCpu, timeProvider: null, () => next++);
        var prompt = Prompts.Solve(TestModels.Cases[2]);
        var first = await client.AskAsync(prompt, temperature: 1.5f);
        var second = await client.AskAsync(prompt, temperature: 1.5f);
        Assert.Equal(2, next);
        Assert.Equal((await client.AskAsync(prompt, temperature: 1.5f, seed: 0)).Thinking(), first.Thinking());
        Assert.Equal((await client.AskAsync(prompt, temperature: 1.5f, seed: 1)).Thinking(), second.Thinking());
    }

    [Fact]
    public async Task A_prompt_may_end_with_the_token_that_begins_thinking()
    {
        var client = TestModels.Client("micro");
        var prompt = Prompts.Solve(TestModels.Cases[1]);
        var without = await client.AskAsync(prompt);
        var with = await client.AskAsync(prompt + " <think>");
        Assert.Equal(without.Text, with.Text);
        Assert.Equal(without.Usage!.InputTokenCount, with.Usage!.InputTokenCount);
    }

    private static readonly SamplingSettings Greedy = new(Temperature: 0, Seed: 0);

    private static Generation Begin(OnnxModel model, List<int> prompt, GenerationSettings settings)
    {
        var start = model.Generation.ThinkStart!.Value;
        var ids = settings.Budget == 0
            ? new PromptIds([.. prompt, start, .. model.Generation.ThinkClose], prompt.Count + 1, ThinkingState.Closed)
            : new PromptIds([.. prompt, start], prompt.Count + 1, ThinkingState.Open);
        return new(model.Decoder, model.Generation, settings, ids, TimeProvider.System, TimeProvider.System.GetTimestamp());
    }

    private static int Likeliest(OnnxDecoder decoder, List<int> text)
    {
        using var state = new DecoderState(decoder);
        decoder.Run(state, [.. text]);
        return state.Logits.IndexOf(state.Logits.ToArray().Max());
    }
}
