namespace FlowCompile.Models.Onnx.Tests;

public class BatchRunTests
{
    // Where the kernels of ONNX Runtime add up a row the same way whatever rows are beside it, as measured on an AMD EPYC, nothing differs; of other
    // processors only their precision is known.
    private const float Tolerance = 1e-4f;

    public static TheoryData<string> Names => [.. TestModels.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void Several_texts_in_one_run_have_the_logits_of_runs_of_their_own(string name)
    {
        var (decoder, tokenizer) = (TestModels.Model(name).Decoder, TestModels.Model(name).Tokenizer);
        var groups = Prompts.Of(12).Select(tokenizer.Encode).GroupBy(ids => ids.Count).Where(group => group.Count() > 1).ToList();
        Assert.True(groups.Count > 5);
        foreach (var group in groups)
        {
            List<DecoderState> alone = [.. group.Select(_ => new DecoderState(decoder))];
            List<DecoderState> together = [.. group.Select(_ => new DecoderState(decoder))];
            int[][] next = [.. group.Select(ids => ids.ToArray())];
            for (var step = 0; step < 10; step++)
            {
                foreach (var (state, tokens) in alone.Zip(next))
                {
                    decoder.Run(state, tokens);
                }

                // In other company every third time, and now and then one by one: keys and values are put together anew.
                if (step % 3 == 1)
                {
                    together.Reverse();
                    alone.Reverse();
                    Array.Reverse(next);
                    decoder.Run([together[0]], next[0], next[0].Length);
                    decoder.Run([.. together.Skip(1)], next.Skip(1).SelectMany(ids => ids).ToArray(), next[0].Length);
                }
                else
                {
                    decoder.Run(together, next.SelectMany(ids => ids).ToArray(), next[0].Length);
                }

                for (var i = 0; i < alone.Count; i++)
                {
                    AssertSame(alone[i].Logits, together[i].Logits);
                    var best = Best(alone[i].Logits);
                    next[i] = step % 4 == 3 ? [best, 3] : [best];
                }
            }

            alone.Concat(together).ToList().ForEach(state => state.Dispose());
        }
    }

    [Fact]
    public void Forks_and_texts_that_left_a_batch_go_on_alone()
    {
        var (decoder, tokenizer) = (TestModels.Model("micro").Decoder, TestModels.Model("micro").Tokenizer);
        int[] ids = [.. tokenizer.Encode(Prompts.Solve(TestModels.Cases[0])), 2];
        using var alone = new DecoderState(decoder);
        decoder.Run(alone, ids);
        var first = new DecoderState(decoder);
        using var second = new DecoderState(decoder);
        decoder.Run([first, second], [.. ids, .. ids], ids.Length);
        first.Dispose();
        using var fork = second.Fork();
        using var other = second.Fork();
        for (var step = 0; step < 5; step++)
        {
            int[] token = [Best(alone.Logits)];
            decoder.Run(alone, token);
            decoder.Run(second, token);
            decoder.Run([fork, other], [token[0], token[0] + 1], 1);
            AssertSame(alone.Logits, second.Logits);
            AssertSame(alone.Logits, fork.Logits);
        }
    }

    [Fact]
    public void Texts_of_different_lengths_and_too_many_tokens_are_refused()
    {
        var decoder = TestModels.Model("nano").Decoder;
        using var first = new DecoderState(decoder);
        using var second = new DecoderState(decoder);
        decoder.Run(first, [5]);
        Assert.ThrowsAny<ArgumentException>(() => decoder.Run([first, second], [5, 5], 1));
        Assert.ThrowsAny<ArgumentException>(() => decoder.Run([second], [5, 5], 1));
        Assert.ThrowsAny<ArgumentException>(() => decoder.Run([], [], 1));
        Assert.ThrowsAny<ArgumentException>(() => decoder.Run([second], new int[257], 257));
        Assert.Equal((1, 0), (first.Position, second.Position));
    }

    private static void AssertSame(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual)
    {
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.True(Math.Abs(expected[i] - actual[i]) <= Tolerance, $"{expected[i]:R} {actual[i]:R}");
        }
    }

    private static int Best(ReadOnlySpan<float> logits)
    {
        var best = 0;
        for (var i = 1; i < logits.Length; i++)
        {
            best = logits[i] > logits[best] ? i : best;
        }

        return best;
    }
}
