using Microsoft.Extensions.AI;

namespace FlowCompile.Models.Onnx.Tests;

public class ServiceTests
{
    [Fact]
    public void The_client_describes_its_model()
    {
        var description = TestModels.Client("mini").GetService<ModelDescription>()!;
        Assert.Equal("onnx", description.Provider);
        Assert.Equal("cpu", description.Device);
        Assert.Equal(new ModelCapacity("cpu", Environment.ProcessorCount), description.Capacity);
        Assert.Equal(256, description.ContextLength);
        Assert.Matches("^sha256:[0-9a-f]{64}$", description.Identity);
        var metadata = TestModels.Client("mini").GetService<ChatClientMetadata>()!;
        Assert.Equal(("onnx", "mini"), (metadata.ProviderName, metadata.DefaultModelId));
    }

    [Fact]
    public void The_client_finds_itself_and_nothing_under_a_key()
    {
        var client = TestModels.Client("nano");
        Assert.Same(client, client.GetService<IChatClient>());
        Assert.Same(client, client.GetService<OnnxChatClient>());
        Assert.Null(client.GetService<HttpClient>());
        Assert.Null(client.GetService<ModelDescription>("key"));
    }

    [Fact]
    public void The_identity_is_that_of_the_files_and_not_of_the_folder()
    {
        using var copy = new ModelCopy("nano");
        Assert.Equal(Identity(TestModels.Folder("nano")), Identity(copy.Folder));
        Assert.Equal(3, TestModels.Names.Select(name => Identity(TestModels.Folder(name))).Distinct().Count());
        foreach (var file in new[] { ModelFolder.Graph, ModelFolder.Tokenizer, ModelFolder.Config, ModelFolder.GenerationConfig })
        {
            File.AppendAllText(Path.Combine(copy.Folder, file), " ");
        }

        Assert.NotEqual(Identity(TestModels.Folder("nano")), Identity(copy.Folder));
    }

    private static string Identity(string folder) => ModelFolder.Hash(folder);
}
