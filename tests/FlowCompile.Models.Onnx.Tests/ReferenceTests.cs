using System.Text.Json;

namespace FlowCompile.Models.Onnx.Tests;

public class ReferenceTests
{
    private const float Tolerance = 1e-4f;

    public static TheoryData<string> Names => [.. TestModels.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_tokenizer_gives_the_reference_ids(string name)
    {
        var (text, ids, _) = Reference(name);
        Assert.Equal(ids, TestModels.Model(name).Tokenizer.Encode(text));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void One_pass_gives_the_reference_logits(string name)
    {
        var (_, ids, logits) = Reference(name);
        var decoder = TestModels.Model(name).Decoder;
        using var state = new DecoderState(decoder);
        decoder.Run(state, ids);
        AssertClose(logits, state.Logits);
        Assert.Equal(ids.Length, state.Position);
    }

    [Fact]
    public void One_pass_with_weights_and_activations_of_8_bits_gives_the_logits_that_PyTorch_computes_with_the_same_rounding()
    {
        const string Quantized = "mini-int8";
        var (_, ids, logits) = Reference(Quantized);
        using var model = OnnxModel.Load(TestModels.Folder(Quantized), TestModels.OnCpu);
        using var state = new DecoderState(model.Decoder);
        model.Decoder.Run(state, ids);
        AssertClose(logits, state.Logits);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Token_by_token_through_the_cache_gives_the_reference_logits(string name)
    {
        var (_, ids, logits) = Reference(name);
        var decoder = TestModels.Model(name).Decoder;
        using var state = new DecoderState(decoder);
        foreach (var id in ids)
        {
            decoder.Run(state, [id]);
        }

        AssertClose(logits, state.Logits);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_fork_goes_on_as_its_origin_does_and_leaves_it_alone(string name)
    {
        var (_, ids, logits) = Reference(name);
        var decoder = TestModels.Model(name).Decoder;
        using var state = new DecoderState(decoder);
        decoder.Run(state, ids.AsSpan(0, 10));
        using var fork = state.Fork();
        using var astray = state.Fork();
        decoder.Run(astray, [99, 98, 97]);
        decoder.Run(state, ids.AsSpan(10));
        state.Dispose();
        decoder.Run(fork, ids.AsSpan(10));
        AssertClose(logits, fork.Logits);
        Assert.Equal(13, astray.Position);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Keys_and_values_in_memory_of_our_own_choice_give_the_same_logits(string name)
    {
        // What CUDA needs (keys and values that stay on the device), done here in the CPU's memory.
        var (_, ids, logits) = Reference(name);
        using var decoder = DecoderLoader.Load(TestModels.Folder(name), ModelConfig.Read(TestModels.Folder(name)), TestModels.OnCpu, cacheDevice: "Cpu");
        using var state = new DecoderState(decoder);
        decoder.Run(state, ids.AsSpan(0, 5));
        foreach (var id in ids.AsSpan(5))
        {
            decoder.Run(state, [id]);
        }

        AssertClose(logits, state.Logits);
    }

    private static void AssertClose(float[] expected, ReadOnlySpan<float> actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], Tolerance);
        }
    }

    private static (string Text, int[] Ids, float[] Logits) Reference(string name)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(TestModels.Folder(name), "reference.json")));
        var root = document.RootElement;
        return (
            root.GetProperty("text").GetString()!,
            [.. root.GetProperty("input_ids").EnumerateArray().Select(id => id.GetInt32())],
            [.. root.GetProperty("last_logits").EnumerateArray().Select(logit => logit.GetSingle())]);
    }
}
