namespace FlowCompile.Models.Onnx.Tests;

/// <summary>Prompts of every kind the models know, over the first validation cases.</summary>
internal static class Prompts
{
    public static IReadOnlyList<string> Of(int cases) => [.. TestModels.Cases.Take(cases).SelectMany(Kinds)];

    public static string Solve(TestCase one) => $"[solve] {one.Problem}";

    private static string[] Kinds(TestCase one) =>
    [
        Solve(one),
        $"[detail] {one.Problem}",
        $"[program] {one.Problem}",
        $"[refine] {one.Problem} <hint> {one.Answer}",
        $"[refine] {one.Problem} <hint> none",
        $"[select] {one.Problem} <cand> {one.Answer} <cand> {(one.Answer + 7) % 100} <cand> {one.Answer}",
    ];
}
