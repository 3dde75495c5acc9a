namespace FlowCompile.Compilation;

/// <summary>The rates of models in the published system's <c>latency_benchmark.json</c>: of each model the first entry, which is what it uses.</summary>
internal sealed class ModelRates
{
    private readonly string _path;
    private readonly Dictionary<string, (double Prefill, double Decode)> _rates = new(StringComparer.OrdinalIgnoreCase);

    private ModelRates(string path) => _path = path;

    public static ModelRates Read(string path)
    {
        var rates = new ModelRates(path);
        using var document = ImportJson.Parse(path);
        foreach (var model in ImportJson.Members(document.RootElement, path, "the file"))
        {
            var place = $"the model '{model.Name}'";
            foreach (var entry in ImportJson.Items(model.Value, path, place).Take(1))
            {
                var rate = (ImportJson.Amount(entry, "prefill_tok_per_s", path, place), ImportJson.Amount(entry, "decode_tok_per_s", path, place));
                if (rate.Item1 == 0 || rate.Item2 == 0)
                {
                    throw new CompileException($"{path}: {place} has a rate of 0 tokens a second; measure it again.");
                }

                // Profiles name a model by its alias, rates by its full name: Qwen/Qwen3-4B is qwen3-4b.
                rates._rates[model.Name] = rate;
                rates._rates[model.Name[(model.Name.LastIndexOf('/') + 1)..]] = rate;
            }
        }

        return rates;
    }

    /// <summary>Seconds for a call; a model without a rate is an error, not a call that takes no time.</summary>
    public double LatencyOf(string model, double inputTokens, double outputTokens) => _rates.TryGetValue(model, out var rate)
        ? (inputTokens / rate.Prefill) + (outputTokens / rate.Decode)
        : throw new CompileException($"{_path}: there is no rate for the model '{model}'; it has {string.Join(", ", _rates.Keys)}.");
}
