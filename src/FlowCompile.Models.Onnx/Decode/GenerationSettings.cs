namespace FlowCompile.Models.Onnx;

/// <summary>What one call asks of a generation.</summary>
/// <param name="Budget">The most thinking tokens; <see langword="null"/> leaves the model free.</param>
/// <param name="MaxNewTokens">The most generated tokens, thinking included; <see langword="null"/> for as many as the context holds.</param>
/// <param name="Sampling">How tokens are chosen.</param>
internal sealed record GenerationSettings(int? Budget, int? MaxNewTokens, SamplingSettings Sampling);
