using System.Globalization;
using Microsoft.Extensions.AI;
using WordMath;

namespace FlowCompile.Models.Onnx.Tests;

/// <summary>The accuracies of the model card, measured by PyTorch when the models were made, against this runtime's on the same cases.</summary>
public class ModelCardTests
{
    private static readonly int[] s_budgets = [0, 8, 16, 32, 64];

    private static readonly Dictionary<string, (Func<TestCase, string> Prompt, Func<string, string> Read, float Temperature)> s_agents = new()
    {
        ["program"] = (one => $"[program] {one.Problem}", Arithmetic.Evaluate, 0),
        ["refine, right hint"] = (one => $"[refine] {one.Problem} <hint> {one.Answer}", answer => answer, 0),
        ["detail"] = (one => $"[detail] {one.Problem}", answer => answer, 0),
        ["solve, temperature 0.7"] = (Prompts.Solve, answer => answer, 0.7f),
    };

    public static IEnumerable<object[]> Rows => File
        .ReadLines(Path.Combine(AppContext.BaseDirectory, "models", "README.md"))
        .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
        .Where(cells => cells.Length == 9 && s_agents.ContainsKey(cells[1]))
        .Select(cells => new object[] { cells[1], cells[2], cells[3..8].Select(cell => double.Parse(cell, CultureInfo.InvariantCulture)).ToArray() });

    [Fact]
    public void The_card_has_a_row_for_each_model_and_each_kind_of_prompt() => Assert.Equal(s_agents.Count * TestModels.Names.Length, Rows.Count());

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task Accuracies_are_those_of_the_card(string agent, string model, double[] card)
    {
        var (prompt, read, temperature) = s_agents[agent];
        var sweep = TestModels.Client(model).GetService<IBudgetSweep>()!;
        var right = new int[s_budgets.Length];
        foreach (var (index, one) in TestModels.Cases.Index())
        {
            var responses = await sweep.GetResponsesAsync(
                [new ChatMessage(ChatRole.User, prompt(one))], s_budgets, TestModels.Options(temperature: temperature, seed: index));
            for (var i = 0; i < right.Length; i++)
            {
                right[i] += read(responses[i].Text) == one.Answer.ToString(CultureInfo.InvariantCulture) ? 1 : 0;
            }
        }

        // Greedy: two cases in 300 may fall otherwise, and the card is rounded. Sampled: the draws are others; three standard errors of the difference.
        var measured = right.Select(count => (double)count / TestModels.Cases.Count).ToArray();
        var tolerance = temperature == 0 ? 0.005 + (2.0 / TestModels.Cases.Count) : 3 * Math.Sqrt(2 * 0.25 / TestModels.Cases.Count);
        Assert.True(
            card.Zip(measured).All(pair => Math.Abs(pair.First - pair.Second) <= tolerance),
            $"card {string.Join(' ', card)}, measured {string.Join(' ', measured.Select(value => value.ToString("0.000", CultureInfo.InvariantCulture)))}");
    }
}
