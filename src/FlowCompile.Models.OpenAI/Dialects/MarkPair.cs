namespace FlowCompile.Models.OpenAI;

/// <summary>The texts by which thinking starts and ends.</summary>
/// <param name="Start">The opening mark.</param>
/// <param name="End">The closing mark.</param>
internal sealed record MarkPair(string Start, string End);
