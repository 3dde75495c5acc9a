using System.Text.Json;
using FlowCompile.Settings;

namespace FlowCompile.Models.Onnx.Tests;

/// <summary>
/// Decoders in the shapes in which public models are exported, with random weights, against the logits of PyTorch. <c>Graphs/make_graphs.py</c> makes both.
/// </summary>
public class GraphShapeTests
{
    public static TheoryData<string> Shapes => ["positions", "no-positions", "last-logits", "half", "brain", "merged", "int8", "int4", "gpt2"];

    [Theory]
    [MemberData(nameof(Shapes))]
    public void A_prompt_and_then_tokens_one_by_one_give_the_reference_logits(string shape)
    {
        var reference = Reference.Of(shape);
        using var decoder = Load(shape);
        foreach (var (tokens, logits) in reference.Texts)
        {
            AssertReads(decoder, tokens, logits, reference);
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Keys_and_values_in_memory_of_our_own_choice_give_the_same(string shape)
    {
        var reference = Reference.Of(shape);
        using var decoder = Load(shape, cacheDevice: "Cpu");
        AssertReads(decoder, reference.Texts[1].Tokens, reference.Texts[1].Logits, reference);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void A_fork_reads_several_tokens_at_once_and_comes_to_what_its_origin_does_one_by_one(string shape)
    {
        var reference = Reference.Of(shape);
        var (tokens, logits) = reference.Texts[0];
        using var decoder = Load(shape);
        using var origin = new DecoderState(decoder);
        decoder.Run(origin, tokens.AsSpan(0, reference.Prompt));
        using var fork = origin.Fork();
        using var astray = origin.Fork();
        decoder.Run(astray, [47, 46]);
        foreach (var token in tokens.AsSpan(reference.Prompt))
        {
            decoder.Run(origin, [token]);
        }

        decoder.Run(fork, tokens.AsSpan(reference.Prompt));

        AssertClose(logits[^1], origin.Logits, reference.Tolerance);

        // Activations that are rounded by the run are another case: of several tokens they are rounded by the largest of all.
        AssertClose(logits[^1], fork.Logits, shape == "int8" ? 0.2f : reference.Tolerance);
        Assert.Equal(reference.Prompt + 2, astray.Position);
        Assert.Equal(tokens.Length, fork.Position);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Texts_read_together_come_to_what_each_comes_to_alone(string shape)
    {
        var reference = Reference.Of(shape);
        using var decoder = Load(shape);
        Assert.Equal(shape is not ("int8" or "merged"), decoder.CanBatch);
        if (!decoder.CanBatch)
        {
            return;
        }

        using var a = new DecoderState(decoder);
        using var b = new DecoderState(decoder);
        var (first, second) = (reference.Texts[0], reference.Texts[1]);
        decoder.Run([a, b], [.. first.Tokens[..reference.Prompt], .. second.Tokens[..reference.Prompt]], reference.Prompt);
        for (var i = reference.Prompt; i < first.Tokens.Length; i++)
        {
            // Now and then alone, so that their pasts are put together again.
            if (i == reference.Prompt + 2)
            {
                decoder.Run(a, [first.Tokens[i]]);
                decoder.Run(b, [second.Tokens[i]]);
            }
            else
            {
                decoder.Run([a, b], [first.Tokens[i], second.Tokens[i]], 1);
            }

            AssertClose(first.Logits[i - reference.Prompt + 1], a.Logits, reference.Tolerance);
            AssertClose(second.Logits[i - reference.Prompt + 1], b.Logits, reference.Tolerance);
        }
    }

    [Fact]
    public void The_configuration_names_several_end_tokens_and_heads_apart_from_the_width()
    {
        var config = ModelConfig.Read(Folder("no-positions"));
        Assert.Equal([1, 2], config.EndTokens);
        Assert.Equal(16, config.HeadSize);
    }

    [Fact]
    public void The_weights_beside_a_graph_are_part_of_its_identity()
    {
        using var copy = new FolderCopy(Folder("positions"));
        foreach (var name in new[] { ModelFolder.Tokenizer, ModelFolder.GenerationConfig })
        {
            File.WriteAllText(Path.Combine(copy.Path, name), "{}");
        }

        var before = ModelFolder.Hash(copy.Path);
        var weights = Path.Combine(copy.Path, "model.onnx_data");
        var bytes = File.ReadAllBytes(weights);
        bytes[100] ^= 1;
        File.WriteAllBytes(weights, bytes);
        Assert.NotEqual(before, ModelFolder.Hash(copy.Path));
    }

    [Fact]
    public void A_graph_that_reads_one_token_at_a_time_is_refused()
    {
        var error = Refused(Folder("step"), "decoder_with_past_model.onnx");
        Assert.Contains("'input_ids' has the fixed shape [?, 1]", error, StringComparison.Ordinal);
        Assert.Contains("export the model with dynamic sizes", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_without_a_usual_graph_says_which_there_are_and_how_to_name_one()
    {
        var error = Refused(Folder("half"), null);
        Assert.Contains("\"graph\": \"onnx/model_fp16.onnx\"", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../positions/model.onnx")]
    [InlineData("/tmp/model.onnx")]
    public void A_graph_outside_of_the_folder_is_refused(string graph) =>
        Assert.Contains("lies outside of the model's folder", Refused(Folder("half"), graph), StringComparison.Ordinal);

    [Fact]
    public void The_settings_name_the_graph()
    {
        ModelSettings Named(string graph) => new() { Name = "nano", Provider = OnnxModels.Provider, Source = TestModels.Folder("nano"), Options = new Dictionary<string, string> { ["graph"] = graph, ["device"] = "cpu" } };

        OnnxModels.Open(Named("model.onnx")).Dispose();
        Assert.Contains("other.onnx: the file is missing", Assert.Throws<ModelLoadException>(() => OnnxModels.Open(Named("other.onnx"))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"sliding_window\": 32", "\"sliding_window\" is 32 and the context 64: sliding windows are not supported")]
    [InlineData("\"sliding_window\": 32, \"use_sliding_window\": true", "set \"max_position_embeddings\" to 32")]
    [InlineData("\"is_encoder_decoder\": true", "only decoders run here")]
    public void A_network_of_another_kind_is_refused_by_name(string setting, string says)
    {
        using var copy = new FolderCopy(Folder("positions"));
        AddToConfig(copy.Path, setting);
        var error = Assert.Throws<ModelLoadException>(() => ModelConfig.Read(copy.Path)).Message;
        Assert.Contains(says, error, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error);
    }

    [Theory]
    [InlineData("\"sliding_window\": null")]
    [InlineData("\"sliding_window\": 32, \"use_sliding_window\": false")]
    [InlineData("\"sliding_window\": 64")]
    public void A_window_that_hides_nothing_is_none(string setting)
    {
        using var copy = new FolderCopy(Folder("positions"));
        AddToConfig(copy.Path, setting);
        Assert.Equal(64, ModelConfig.Read(copy.Path).ContextLength);
    }

    private static void AddToConfig(string folder, string setting)
    {
        var path = Path.Combine(folder, ModelFolder.Config);
        File.WriteAllText(path, File.ReadAllText(path).Replace("{", "{ " + setting + ",", StringComparison.Ordinal));
    }

    private static void AssertReads(OnnxDecoder decoder, int[] tokens, float[][] logits, Reference reference)
    {
        using var state = new DecoderState(decoder);
        decoder.Run(state, tokens.AsSpan(0, reference.Prompt));
        AssertClose(logits[0], state.Logits, reference.Tolerance);
        for (var i = reference.Prompt; i < tokens.Length; i++)
        {
            decoder.Run(state, [tokens[i]]);
            AssertClose(logits[i - reference.Prompt + 1], state.Logits, reference.Tolerance);
        }
    }

    private static void AssertClose(float[] wanted, ReadOnlySpan<float> actual, float tolerance)
    {
        Assert.Equal(wanted.Length, actual.Length);
        for (var i = 0; i < wanted.Length; i++)
        {
            Assert.True(Math.Abs(wanted[i] - actual[i]) <= tolerance, $"logit {i} is {actual[i]} and {wanted[i]} is expected, within {tolerance}");
        }
    }

    private static OnnxDecoder Load(string shape, string? cacheDevice = null)
    {
        var folder = Folder(shape);
        var options = new OnnxModelOptions { ExecutionProvider = OnnxExecutionProvider.Cpu, Graph = GraphOf(shape) };
        return DecoderLoader.Load(folder, ModelConfig.Read(folder), options, cacheDevice);
    }

    // Where the usual names do not find it.
    private static string? GraphOf(string shape) => shape switch
    {
        "half" => "onnx/model_fp16.onnx",
        "int8" => "onnx/model_quantized.onnx",
        "int4" => "onnx/model_q4.onnx",
        _ => null,
    };

    private static string Refused(string folder, string? graph)
    {
        var options = new OnnxModelOptions { ExecutionProvider = OnnxExecutionProvider.Cpu, Graph = graph };
        var error = Assert.Throws<ModelLoadException>(() => DecoderLoader.Load(folder, ModelConfig.Read(folder), options)).Message;
        Assert.DoesNotContain('\n', error);
        return error;
    }

    private static string Folder(string shape) => Path.Combine(AppContext.BaseDirectory, "Graphs", shape);

    private sealed record Reference(int Prompt, float Tolerance, IReadOnlyList<(int[] Tokens, float[][] Logits)> Texts)
    {
        public static Reference Of(string shape)
        {
            using var file = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder(shape), "reference.json")));
            var root = file.RootElement;
            return new Reference(
                root.GetProperty("prompt").GetInt32(),
                root.GetProperty("tolerance").GetSingle(),
                [.. root.GetProperty("texts").EnumerateArray().Select(text => (
                    text.GetProperty("tokens").EnumerateArray().Select(token => token.GetInt32()).ToArray(),
                    text.GetProperty("logits").EnumerateArray().Select(row => row.EnumerateArray().Select(one => one.GetSingle()).ToArray()).ToArray()))]);
        }
    }

    private sealed class FolderCopy : IDisposable
    {
        private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("flowcompile-graph");

        public FolderCopy(string from)
        {
            foreach (var file in Directory.EnumerateFiles(from))
            {
                File.Copy(file, System.IO.Path.Combine(Path, System.IO.Path.GetFileName(file)));
            }
        }

        public string Path => _folder.FullName;

        public void Dispose() => _folder.Delete(recursive: true);
    }
}
