using FlowCompile.Models.Onnx;
using FlowCompile.Testing.Fuzzing;
using FlowCompile.Testing.Mutators;
using Microsoft.Extensions.AI;

namespace FlowCompile.Testing.Kinds;

/// <summary>Model folders: <c>tokenizer.json</c>, <c>config.json</c> and <c>generation_config.json</c> of a model that runs in process.</summary>
public sealed class ModelFolderKind : FuzzKind
{
    private static readonly string[] s_names = ["tokenizer.json", "config.json", "generation_config.json"];
    private readonly Dictionary<string, byte[]> _originals;

    /// <summary>Copies the model.</summary>
    public ModelFolderKind()
    {
        const string Model = "samples/WordMath/models/nano";
        _originals = s_names.ToDictionary(name => name, name => Repository.Read($"{Model}/{name}"));
        File.WriteAllBytes(Path.Combine(Folder, "model.onnx"), Repository.Read($"{Model}/model.onnx"));
        foreach (var (name, bytes) in _originals)
        {
            File.WriteAllBytes(Path.Combine(Folder, name), bytes);
        }
    }

    /// <inheritdoc/>
    public override string Name => "tokenizers";

    /// <inheritdoc/>
    public override FuzzInput Mutate(Random random)
    {
        var name = s_names[random.Next(2) == 0 ? 0 : random.Next(s_names.Length)];
        var seed = _originals[name];
        var bytes = random.Next(5) == 0 ? seed : JsonMutator.Mutate(seed, random);
        return new FuzzInput(name, bytes == seed || random.Next(6) == 0 ? ByteMutator.Mutate(bytes, random, seed) : bytes, seed);
    }

    /// <inheritdoc/>
    public override bool Read(FuzzInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var path = Path.Combine(Folder, input.Name);
        File.WriteAllBytes(path, input.Bytes);
        try
        {
            using var client = new OnnxChatClient(Folder, new OnnxModelOptions { ExecutionProvider = OnnxExecutionProvider.Cpu });

            // The same texts for the same input; words of the model's own among them.
            var random = new Random(input.Bytes.Length);
            Ask(client, "[solve] ann has 21 books . how many books does ann have now ?");
            Ask(client, TextSamples.Next(random));
            Ask(client, $"[solve] {TextSamples.Next(random)} books {TextSamples.Character(random)} <think> 3");
            return true;
        }
        catch (ModelLoadException e)
        {
            Refusal.Check(e.Message, Folder);
            return false;
        }
        finally
        {
            File.WriteAllBytes(path, _originals[input.Name]);
        }
    }

    // Any text is answered, or refused as a prompt.
    private static void Ask(OnnxChatClient client, string text)
    {
        try
        {
            var options = new ChatOptions { MaxOutputTokens = 3 };
            options.SetReasoningBudget(1);
            var response = client.GetResponseAsync([new ChatMessage(ChatRole.User, text)], options).GetAwaiter().GetResult();
            if (response.Usage?.OutputTokenCount is < 0 or > 64)
            {
                throw new FuzzFailureException("answered more than was allowed", $"{response.Usage.OutputTokenCount} tokens");
            }
        }
        catch (PromptException e)
        {
            Refusal.Check(e.Message, "");
        }
    }
}
