namespace FlowCompile.Models.Onnx;

/// <summary>How the next token is chosen.</summary>
/// <param name="Temperature">What the logits are divided by; 0 takes the likeliest token always and draws nothing.</param>
/// <param name="Seed">What the draws come from.</param>
/// <param name="TopK">Draw from this many likeliest tokens; <see langword="null"/> for all.</param>
/// <param name="TopP">Draw from the likeliest tokens that together have this probability; <see langword="null"/> for all.</param>
internal sealed record SamplingSettings(double Temperature, ulong Seed, int? TopK = null, double? TopP = null);
