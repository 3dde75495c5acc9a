namespace FlowCompile.Models.Onnx;

/// <summary>What generation_config.json says: which tokens mean what, and how to choose them where the caller does not say.</summary>
internal sealed record GenerationConfig
{
    /// <summary>The ids that end a text.</summary>
    public required int[] EndTokens { get; init; }

    /// <summary>The id that begins thinking; <see langword="null"/> for a model that does not think.</summary>
    public required int? ThinkStart { get; init; }

    /// <summary>The id that ends thinking; <see langword="null"/> for a model that does not think.</summary>
    public required int? ThinkEnd { get; init; }

    /// <summary>What is put there when the budget of thinking is spent: the id that ends thinking, with what a chat format writes around it.</summary>
    public required int[] ThinkClose { get; init; }

    /// <summary>The most tokens generated for one call, thinking included; <see langword="null"/> for as many as the context holds.</summary>
    public required int? MaxNewTokens { get; init; }

    /// <summary>The temperature; 0 always takes the likeliest token.</summary>
    public required double Temperature { get; init; }

    /// <summary>Sample from this many likeliest tokens; <see langword="null"/> for all.</summary>
    public required int? TopK { get; init; }

    /// <summary>Sample from the likeliest tokens that have this probability together; <see langword="null"/> for all.</summary>
    public required double? TopP { get; init; }

    /// <summary>Reads generation_config.json.</summary>
    /// <exception cref="ModelLoadException">The file is missing or malformed, or does not fit the model.</exception>
    public static GenerationConfig Read(string folder, ModelConfig config)
    {
        using var file = JsonFile.Open(folder, ModelFolder.GenerationConfig);
        var end = file.Ids("eos_token_id");
        var thinkEnd = file.OptionalInt("think_end_token_id", least: 0);
        var result = new GenerationConfig
        {
            EndTokens = end.Length > 0 ? end : config.EndTokens,
            ThinkStart = file.OptionalInt("think_start_token_id", least: 0),
            ThinkEnd = thinkEnd,
            ThinkClose = thinkEnd is { } close ? [close] : [],
            MaxNewTokens = file.OptionalInt("max_new_tokens", least: 1),
            Temperature = file.Flag("do_sample") ? file.OptionalNumber("temperature") ?? 1 : 0,
            TopK = file.OptionalInt("top_k", least: 0) is > 0 and var topK ? topK : null,
            TopP = file.OptionalNumber("top_p"),
        };
        if (result.EndTokens.Length == 0)
        {
            throw file.Error("\"eos_token_id\" is missing, here and in config.json: without it no answer ends");
        }

        if (result.ThinkStart is null != result.ThinkEnd is null)
        {
            throw file.Error("\"think_start_token_id\" and \"think_end_token_id\" belong together: give both, or neither for a model that does not think");
        }

        if (result.Temperature < 0)
        {
            throw file.Error("\"temperature\" must be 0 or more");
        }

        if (result.TopP is <= 0 or > 1)
        {
            throw file.Error("\"top_p\" must be above 0 and at most 1");
        }

        foreach (var id in result.EndTokens.Append(result.ThinkStart ?? 0).Append(result.ThinkEnd ?? 0).Where(id => id >= config.VocabularySize))
        {
            throw file.Error($"token id {id} is outside of the vocabulary, whose size is {config.VocabularySize} by {ModelFolder.Config}");
        }

        return result;
    }
}
