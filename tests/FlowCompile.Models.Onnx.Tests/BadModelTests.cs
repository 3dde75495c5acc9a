namespace FlowCompile.Models.Onnx.Tests;

/// <summary>Model folders that cannot be used: each is one line that says which file, what, and what to do.</summary>
public class BadModelTests
{
    [Fact]
    public void A_folder_that_is_not_there_is_named()
    {
        var folder = Path.Combine(Path.GetTempPath(), "flowcompile-no-such-folder");
        AssertRefused(folder, folder, "no such model folder", "check the path");
    }

    [Theory]
    [InlineData(ModelFolder.Graph)]
    [InlineData(ModelFolder.Tokenizer)]
    [InlineData(ModelFolder.Config)]
    [InlineData(ModelFolder.GenerationConfig)]
    public void A_file_that_is_not_there_is_named(string file)
    {
        using var copy = new ModelCopy("nano");
        File.Delete(copy.PathOf(file));
        AssertRefused(copy.Folder, copy.PathOf(file), "is missing", "a model folder has");
    }

    [Theory]
    [InlineData(ModelFolder.Graph)]
    [InlineData(ModelFolder.Tokenizer)]
    [InlineData(ModelFolder.Config)]
    [InlineData(ModelFolder.GenerationConfig)]
    public async Task A_pipe_is_named_without_waiting_for_who_writes_into_it(string file)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using var copy = new ModelCopy("nano");
        File.Delete(copy.PathOf(file));
        using (var made = System.Diagnostics.Process.Start("mkfifo", [copy.PathOf(file)]))
        {
            await made.WaitForExitAsync();
        }

        await Task.Run(() => AssertRefused(copy.Folder, copy.PathOf(file), "it is a pipe or a device")).WaitAsync(TimeSpan.FromMinutes(1));
    }

    [Theory]
    [InlineData(ModelFolder.Tokenizer, "{ \"model\": ")]
    [InlineData(ModelFolder.Config, "")]
    [InlineData(ModelFolder.GenerationConfig, "not json")]
    public void A_file_that_is_no_JSON_is_named_with_the_place(string file, string content)
    {
        using var copy = new ModelCopy("nano");
        File.WriteAllText(copy.PathOf(file), content);
        AssertRefused(copy.Folder, copy.PathOf(file) + "(1,", "not JSON", "restore it");
    }

    [Theory]
    [InlineData(ModelFolder.Tokenizer)]
    [InlineData(ModelFolder.Config)]
    [InlineData(ModelFolder.GenerationConfig)]
    public void A_JSON_file_that_holds_something_else_is_named(string file)
    {
        using var copy = new ModelCopy("nano");
        File.WriteAllText(copy.PathOf(file), "[1, 2]");
        AssertRefused(copy.Folder, copy.PathOf(file), "a JSON object is expected");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1000)]
    [InlineData(150_000)]
    public void A_graph_cut_short_is_named(int length)
    {
        using var copy = new ModelCopy("nano");
        var bytes = File.ReadAllBytes(copy.PathOf(ModelFolder.Graph));
        Assert.True(length < bytes.Length);
        File.WriteAllBytes(copy.PathOf(ModelFolder.Graph), bytes[..length]);
        AssertRefused(copy.Folder, copy.PathOf(ModelFolder.Graph), "restore it from where the model came from");
    }

    [Theory]
    [InlineData("PK\u0003\u0004 an archive")]
    [InlineData("<html><body>404 not found</body></html>")]
    [InlineData("version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 12345\n")]
    public void A_file_that_is_no_graph_is_named(string content)
    {
        using var copy = new ModelCopy("nano");
        File.WriteAllText(copy.PathOf(ModelFolder.Graph), content);
        AssertRefused(copy.Folder, copy.PathOf(ModelFolder.Graph), "restore it from where the model came from");
    }

    [Fact]
    public void A_graph_of_another_model_is_told_by_its_layers()
    {
        using var copy = new ModelCopy("nano");
        File.Copy(Path.Combine(TestModels.Folder("micro"), ModelFolder.Graph), copy.PathOf(ModelFolder.Graph), overwrite: true);
        AssertRefused(copy.Folder, copy.PathOf(ModelFolder.Graph), "past_key_values.2.key", "config.json");
    }

    [Theory]
    [InlineData("\"num_hidden_layers\": 2", "\"num_hidden_layers\": 3", "has no input 'past_key_values.2.key'")]
    [InlineData("\"num_hidden_layers\": 2", "\"num_hidden_layers\": 1", "more layers than config.json says")]
    [InlineData("\"num_key_value_heads\": 2", "\"num_key_value_heads\": 4", "[?, 4, ?, 16] is expected")]
    [InlineData("\"head_dim\": 16", "\"head_dim\": 32", "[?, 2, ?, 32] is expected")]
    public void A_configuration_that_does_not_fit_the_graph_is_told_by_what_differs(string text, string by, string says)
    {
        using var copy = new ModelCopy("nano");
        copy.Replace(ModelFolder.Config, text, by);
        AssertRefused(copy.Folder, copy.PathOf(ModelFolder.Graph), says);
    }

    [Theory]
    [InlineData("\"vocab_size\": 173", "\"vocab_size\": 174", "id 173 has no token")]
    [InlineData("\"vocab_size\": 173", "\"vocab_size\": 172", "has id 172, outside of 0 to 171")]
    public void A_vocabulary_that_does_not_fit_the_configuration_is_told_by_its_size(string text, string by, string says)
    {
        using var copy = new ModelCopy("nano");
        copy.Replace(ModelFolder.Config, text, by);
        AssertRefused(copy.Folder, copy.PathOf(ModelFolder.Tokenizer), says, "not of the same model");
    }

    [Theory]
    [InlineData("\"num_hidden_layers\": 2,", "", "\"num_hidden_layers\" is missing")]
    [InlineData("\"max_position_embeddings\": 256", "\"max_position_embeddings\": -5", "must be a whole number of at least 2")]
    [InlineData("\"vocab_size\": 173", "\"vocab_size\": \"173\"", "must be a whole number of at least 1")]
    [InlineData("\"vocab_size\": 173", "\"vocab_size\": 2000000000", "2000000000")]
    [InlineData("\"max_position_embeddings\": 256", "\"max_position_embeddings\": 2147483647", "max_position_embeddings")]
    public void A_number_that_cannot_be_is_named(string text, string by, string says)
    {
        using var copy = new ModelCopy("nano");
        copy.Replace(ModelFolder.Config, text, by);
        AssertRefused(copy.Folder, copy.Folder, says);
    }

    [Theory]
    [InlineData("\"eos_token_id\": 1,", "", "")]
    [InlineData("\"think_end_token_id\": 3,", "", "belong together")]
    [InlineData("\"think_end_token_id\": 3", "\"think_end_token_id\": 900", "token id 900 is outside of the vocabulary, whose size is 173")]
    [InlineData("\"think_end_token_id\": 3", "\"think_end_token_id\": \"</think>\"", "must be a whole number")]
    [InlineData("\"max_new_tokens\": 160", "\"max_new_tokens\": 0", "must be a whole number of at least 1")]
    [InlineData("\"do_sample\": false", "\"do_sample\": 3", "must be true or false")]
    [InlineData("\"do_sample\": false", "\"do_sample\": true, \"temperature\": -1", "must be 0 or more")]
    [InlineData("\"do_sample\": false", "\"top_p\": 1.5", "must be above 0 and at most 1")]
    public void A_generation_setting_that_cannot_be_is_named(string text, string by, string says)
    {
        using var copy = new ModelCopy("nano");
        copy.Replace(ModelFolder.GenerationConfig, text, by);
        if (says.Length == 0)
        {
            // config.json has it too, and one of the two is enough.
            new OnnxChatClient(copy.Folder, TestModels.OnCpu).Dispose();
            copy.Replace(ModelFolder.Config, text, by);
            says = "\"eos_token_id\" is missing";
        }

        AssertRefused(copy.Folder, copy.PathOf(ModelFolder.GenerationConfig), says);
    }

    [Theory]
    [InlineData(ModelFolder.Config, "\"vocab_size\": 173", "\"vocab_size\": 173, \"vocab_size\": 173", "(3,22): \"vocab_size\" is there twice")]
    [InlineData(ModelFolder.GenerationConfig, "\"eos_token_id\": 1", "\"eos_token_id\": 1, \"eos_token_id\": 2", "\"eos_token_id\" is there twice")]
    [InlineData(ModelFolder.Tokenizer, "\"content\": \"<pad>\"", "\"content\": \"<pad>\", \"content\": \"<eos>\"", "\"content\" is there twice")]
    [InlineData(ModelFolder.Tokenizer, "\"type\": \"WordLevel\"", "\"type\": \"\\ud800\"", "a text is not valid UTF-8 or UTF-16")]
    [InlineData(ModelFolder.Tokenizer, "\"leo\": 145,", "\"\\udc00\": 145,", "a text is not valid UTF-8 or UTF-16")]
    [InlineData(ModelFolder.Tokenizer, "\"type\": \"WordLevel\"", "\"type\": \"a\\u202e\\u001b[31m\"", "of type a\\u202E\\u001B[31m")]
    public void What_one_reader_would_take_for_another_thing_than_the_next_is_named(string file, string text, string by, string says)
    {
        using var copy = new ModelCopy("nano");
        copy.Replace(file, text, by);
        AssertRefused(copy.Folder, copy.PathOf(file), says);
    }

    [Fact]
    public void A_file_that_is_no_UTF8_is_named_with_the_place()
    {
        using var copy = new ModelCopy("nano");
        var bytes = File.ReadAllBytes(copy.PathOf(ModelFolder.Tokenizer));
        bytes[bytes.AsSpan().IndexOf("\"leo\""u8) + 1] = 0xFF;
        File.WriteAllBytes(copy.PathOf(ModelFolder.Tokenizer), bytes);
        AssertRefused(copy.Folder, copy.PathOf(ModelFolder.Tokenizer) + "(", "a text is not valid UTF-8 or UTF-16");
    }

    [Theory]
    [InlineData("\"leo\": 145,", "", "id 145 has no token")]
    [InlineData("\"leo\": 145,", "\"leo\": 144,", "id 144 stands for two tokens")]
    [InlineData("\"leo\": 145,", "\"leo\": \"145\",", "token 'leo' has id \"145\"")]
    [InlineData("\"leo\": 145,", "\"sam\": 145,", "token 'sam' has two ids")]
    [InlineData("\"normalizer\": null", "\"normalizer\": { \"type\": \"Lowercase\" }", "\"normalizer\"")]
    [InlineData("\"type\": \"WordLevel\"", "\"type\": \"BPE\"", "BPE")]
    [InlineData("\"single_word\": false", "\"single_word\": true", "single_word")]
    public void A_tokenizer_that_lacks_a_token_or_is_of_another_kind_is_named(string text, string by, string says)
    {
        using var copy = new ModelCopy("nano");
        copy.Replace(ModelFolder.Tokenizer, text, by);
        AssertRefused(copy.Folder, copy.PathOf(ModelFolder.Tokenizer), says);
    }

    [Fact]
    public void CUDA_demanded_where_it_is_not_is_refused_and_automatic_choice_takes_the_CPU()
    {
        if (CudaProvider.Missing() is null)
        {
            return; // A machine with CUDA: nothing to refuse.
        }

        using var copy = new ModelCopy("nano");
        AssertRefused(
            copy.Folder, new OnnxModelOptions { ExecutionProvider = OnnxExecutionProvider.Cuda }, copy.PathOf(ModelFolder.Graph), "cannot run on CUDA", "Use cpu or auto");
        using var client = new OnnxChatClient(copy.Folder);
        Assert.Equal("cpu", ((ModelDescription)client.GetService(typeof(ModelDescription))!).Device);
    }

    private static void AssertRefused(string folder, params string[] says) => AssertRefused(folder, TestModels.OnCpu, says);

    private static void AssertRefused(string folder, OnnxModelOptions options, params string[] says)
    {
        var message = Assert.Throws<ModelLoadException>(() => new OnnxChatClient(folder, options)).Message;
        Assert.All(says, part => Assert.Contains(part, message, StringComparison.Ordinal));
        Assert.DoesNotContain('\n', message);
        Assert.DoesNotContain("   at ", message, StringComparison.Ordinal);
        Assert.EndsWith(".", message, StringComparison.Ordinal);
    }
}
