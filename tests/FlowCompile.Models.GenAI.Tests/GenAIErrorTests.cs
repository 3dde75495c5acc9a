using FlowCompile.Models.Onnx;

namespace FlowCompile.Models.GenAI.Tests;

/// <summary>Folders that cannot be used: each is refused in one line that says what to do.</summary>
public sealed class GenAIErrorTests(GenAIFolders folders) : IClassFixture<GenAIFolders>
{
    [Theory]
    [InlineData("{", "the file is not JSON")]
    [InlineData("[]", "a JSON object is expected")]
    [InlineData("{}", "\"model\" is missing")]
    [InlineData("""{ "model": 1 }""", "\"model\" must be an object")]
    [InlineData("""{ "model": {} }""", "\"model.decoder\" is missing")]
    [InlineData("""{ "model": { "decoder": {}, "encoder": {} } }""", "the model has an encoder")]
    [InlineData("""{ "model": { "decoder": {}, "vision": {} } }""", "the model has images")]
    [InlineData("""{ "model": { "decoder": {}, "speech": {} } }""", "the model has speech")]
    [InlineData("""{ "model": { "decoder": {}, "embedding": {} } }""", "the model has embeddings")]
    [InlineData("""{ "model": { "decoder": { "session_options": { "custom_ops_library": "evil.so" } } } }""", "\"custom_ops_library\" is there")]
    [InlineData("""{ "model": { "decoder": { "session_options": { "enable_profiling": "/tmp/x" } } } }""", "\"enable_profiling\" is there")]
    [InlineData("""{ "model": { "decoder": { "session_options": { "provider_options": [ { "x": { "library_path": "evil.so" } } ] } } } }""", "\"library_path\" is there")]
    [InlineData("""{ "model": { "decoder": { "pipeline": [ { "a": { "session_options": { "custom_ops_library": "evil.so" } } } ] } } }""", "\"custom_ops_library\" is there")]
    [InlineData("""{ "model": { "decoder": { "pipeline": [ { "a": { "filename": "../../other.onnx" } } ] } } }""", "lies outside of the model's folder")]
    [InlineData("""{ "model": { "decoder": { "filename": "../other.onnx" } } }""", "lies outside of the model's folder")]
    [InlineData("""{ "model": { "decoder": { "filename": "none.onnx" } } }""", "none.onnx: the file is missing")]
    [InlineData("""{ "model": { "decoder": {}, "vocab_size": 173 } }""", "\"model.context_length\" must be a whole number of at least 2")]
    [InlineData("""{ "model": { "decoder": {}, "vocab_size": -1, "context_length": 256 } }""", "\"model.vocab_size\" must be a whole number")]
    [InlineData("""{ "model": { "decoder": {}, "vocab_size": 173, "context_length": 256 } }""", "\"model.eos_token_id\" is missing")]
    [InlineData("""{ "model": { "decoder": {}, "vocab_size": 173, "context_length": 256, "eos_token_id": 173 } }""", "token id 173 is outside of the vocabulary")]
    [InlineData("""{ "model": { "decoder": {}, "vocab_size": 173, "context_length": 256, "eos_token_id": "x" } }""", "\"model.eos_token_id\" must be a token id")]
    [InlineData("""{ "model": { "decoder": {}, "vocab_size": 173, "context_length": 256, "eos_token_id": 1 }, "search": { "temperature": -1 } }""", "\"search.temperature\" must be 0 or more")]
    [InlineData("""{ "model": { "decoder": {}, "type": "none such", "vocab_size": 173, "context_length": 256, "eos_token_id": 1 } }""", "ONNX Runtime GenAI does not take the model")]
    public void A_file_that_cannot_be_used_is_refused(string config, string expected) => AssertRefused(() => new GenAIChatClient(folders.Copy("nano", config)), expected);

    [Fact]
    public void A_folder_that_is_not_there_is_named() =>
        AssertRefused(() => new GenAIChatClient(Path.Combine(folders.Copy("nano"), "none")), "there is no such model folder");

    [Theory]
    [InlineData("genai_config.json", "a model folder of ONNX Runtime GenAI has genai_config.json and tokenizer.json")]
    [InlineData("tokenizer.json", "tokenizer.json: the file is missing")]
    [InlineData("model.onnx", "a folder with genai_config.json has the graphs that it names")]
    public void A_file_that_is_missing_is_named(string name, string expected)
    {
        var folder = folders.Copy("nano");
        File.Delete(Path.Combine(folder, name));
        AssertRefused(() => new GenAIChatClient(folder), expected);
    }

    [Fact]
    public void A_damaged_graph_is_refused()
    {
        var folder = folders.Copy("nano");
        File.WriteAllBytes(Path.Combine(folder, "model.onnx"), File.ReadAllBytes(Path.Combine(folder, "model.onnx"))[..1000]);
        AssertRefused(() => new GenAIChatClient(folder), "ONNX Runtime GenAI does not take the model");
    }

    [Fact]
    public void Cuda_that_is_not_there_is_an_error_that_says_what_it_needs() =>
        AssertRefused(() => new GenAIChatClient(folders.Copy("nano"), new GenAIModelOptions { Device = GenAIDevice.Cuda }), "Microsoft.ML.OnnxRuntimeGenAI.Cuda");

    [Fact]
    public void A_chat_format_that_is_none_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new GenAIChatClient(folders.Copy("nano"), new GenAIModelOptions { ChatFormat = "none" }));

    private static void AssertRefused(Func<GenAIChatClient> open, string expected)
    {
        var error = Assert.Throws<ModelLoadException>(() => open().Dispose());
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
        Assert.EndsWith(".", error.Message, StringComparison.Ordinal);
    }
}
