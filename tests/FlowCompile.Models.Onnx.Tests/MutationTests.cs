namespace FlowCompile.Models.Onnx.Tests;

/// <summary>Files with bytes changed at random: refused in one line or used, and never the end of the process.</summary>
public class MutationTests
{
    // Where nano's graph has its nodes and names; before and after lie mostly weights.
    private const int StructureStart = 28_000;
    private const int StructureEnd = 70_000;

    [Fact]
    public async Task A_graph_with_bytes_changed_never_ends_the_process()
    {
        using var copy = new ModelCopy("nano");
        var original = File.ReadAllBytes(copy.PathOf(ModelFolder.Graph));
        var (refused, used) = (0, 0);
        for (var seed = 0; seed < 150; seed++)
        {
            var random = new Random(seed);
            var bytes = original.ToArray();
            for (var changes = random.Next(1, 4); changes > 0; changes--)
            {
                bytes[random.Next(2) == 0 ? random.Next(bytes.Length) : random.Next(StructureStart, StructureEnd)] = (byte)random.Next(256);
            }

            File.WriteAllBytes(copy.PathOf(ModelFolder.Graph), bytes);
            await CountAsync(copy);
        }

        Assert.True(refused > 20 && used > 20, $"{refused} refused, {used} used");

        async Task CountAsync(ModelCopy model)
        {
            if (await TryAsync(model))
            {
                used++;
            }
            else
            {
                refused++;
            }
        }
    }

    [Theory]
    [InlineData(ModelFolder.Config)]
    [InlineData(ModelFolder.GenerationConfig)]
    [InlineData(ModelFolder.Tokenizer)]
    public async Task A_JSON_file_with_characters_changed_never_ends_the_process(string file)
    {
        using var copy = new ModelCopy("nano");
        var original = File.ReadAllText(copy.PathOf(file));
        const string Characters = "0123456789{}[]\",:.-+e \\ntrufals\u0000é";
        for (var seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            var text = original.ToCharArray();
            for (var changes = random.Next(1, 3); changes > 0; changes--)
            {
                text[random.Next(text.Length)] = Characters[random.Next(Characters.Length)];
            }

            File.WriteAllText(copy.PathOf(file), new string(text));
            await TryAsync(copy);
        }
    }

    // Whether the model answered. Whatever else happens must be one of the errors meant for people.
    private static async Task<bool> TryAsync(ModelCopy copy)
    {
        try
        {
            using var client = new OnnxChatClient(copy.Folder, TestModels.OnCpu);
            await client.AskAsync(Prompts.Solve(TestModels.Cases[2]), budget: 3, maxTokens: 8);
            return true;
        }
        catch (Exception error) when (error is ModelLoadException or PromptException or InvalidOperationException)
        {
            Assert.DoesNotContain('\n', error.Message);
            return false;
        }
    }
}
