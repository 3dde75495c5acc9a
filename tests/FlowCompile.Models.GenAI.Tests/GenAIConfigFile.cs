using System.Text.Json;

namespace FlowCompile.Testing;

/// <summary>Writes <c>genai_config.json</c> for a model of the sample.</summary>
internal static class GenAIConfigFile
{
    /// <summary>The file of a folder.</summary>
    /// <param name="folder">The folder, with <c>config.json</c>.</param>
    public static string Of(string folder)
    {
        using var config = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "config.json")));
        int Of(string property) => config.RootElement.GetProperty(property).GetInt32();
        return $$"""
            {
              "model": {
                "type": "llama", "vocab_size": {{Of("vocab_size")}}, "context_length": {{Of("max_position_embeddings")}},
                "bos_token_id": 1, "eos_token_id": {{Of("eos_token_id")}}, "pad_token_id": {{Of("pad_token_id")}},
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
}
