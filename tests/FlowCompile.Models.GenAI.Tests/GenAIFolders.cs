using System.Text.Json;

namespace FlowCompile.Models.GenAI.Tests;

/// <summary>The sample's models as folders of ONNX Runtime GenAI: copies with a <c>genai_config.json</c>.</summary>
public sealed class GenAIFolders : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("flowcompile-genai-").FullName;

    /// <summary>Problems of the sample.</summary>
    public static IReadOnlyList<string> Problems { get; } = [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "data", "validate.jsonl")).Take(12)
        .Select(line => JsonDocument.Parse(line).RootElement.GetProperty("problem").GetString()!)];

    /// <summary>The folder of a model, as the other provider takes it.</summary>
    public static string Original(string name) => Path.Combine(AppContext.BaseDirectory, "models", name);

    /// <summary>What <c>genai_config.json</c> says of a model of the sample.</summary>
    public static string ConfigOf(string name, string extra = "")
    {
        using var config = JsonDocument.Parse(File.ReadAllText(Path.Combine(Original(name), "config.json")));
        int Of(string property) => config.RootElement.GetProperty(property).GetInt32();
        return $$"""
            {
              "model": {
                "type": "llama", "vocab_size": {{Of("vocab_size")}}, "context_length": {{Of("max_position_embeddings")}},
                "bos_token_id": 1, "eos_token_id": {{Of("eos_token_id")}}, "pad_token_id": {{Of("pad_token_id")}}{{extra}},
                "decoder": {
                  "filename": "model.onnx", "hidden_size": {{Of("hidden_size")}}, "head_size": {{Of("head_dim")}}, "num_hidden_layers": {{Of("num_hidden_layers")}},
                  "num_attention_heads": {{Of("num_attention_heads")}}, "num_key_value_heads": {{Of("num_key_value_heads")}},
                  "session_options": { "intra_op_num_threads": 1, "provider_options": [] },
                  "inputs": {
                    "input_ids": "input_ids", "attention_mask": "attention_mask", "position_ids": "position_ids",
                    "past_key_names": "past_key_values.%d.key", "past_value_names": "past_key_values.%d.value"
                  },
                  "outputs": { "logits": "logits", "present_key_names": "present.%d.key", "present_value_names": "present.%d.value" }
                }
              },
              "search": { "do_sample": false, "max_length": 256, "past_present_share_buffer": false }
            }
            """;
    }

    /// <summary>A copy of a model's folder.</summary>
    /// <param name="name">The model.</param>
    /// <param name="config">Its file; by default <see cref="ConfigOf"/>.</param>
    public string Copy(string name, string? config = null)
    {
        var folder = Path.Combine(_root, Guid.NewGuid().ToString("n"), name);
        Directory.CreateDirectory(folder);
        foreach (var file in Directory.GetFiles(Original(name)))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        }

        File.WriteAllText(Path.Combine(folder, "genai_config.json"), config ?? ConfigOf(name));
        return folder;
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(_root, recursive: true);
}
