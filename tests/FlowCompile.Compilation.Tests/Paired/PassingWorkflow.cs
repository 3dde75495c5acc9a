using System.Globalization;
using FlowCompile.Profiling.TestHost;

namespace FlowCompile.Compilation.Tests;

/// <summary>Doubles a number: a tool routes by it, and a selector gathers two branches that exclude one another, so it never has two answers to select from.</summary>
[Workflow("passing")]
internal sealed partial class PassingWorkflow
{
    [Tool]
    public static string Route(string problem) => int.Parse(problem, CultureInfo.InvariantCulture) % 2 == 0 ? "even" : "odd";

    [SubAgent(Temperature = 0), When(nameof(Route), "even")]
    public async ValueTask<string> Even(string problem, SubAgentContext agent, CancellationToken cancellationToken)
        => (await agent.CompleteAsync($"[even] {problem}", cancellationToken)).Text;

    [SubAgent(Temperature = 0), Otherwise(nameof(Route))]
    public async ValueTask<string> Odd(string problem, SubAgentContext agent, CancellationToken cancellationToken)
        => (await agent.CompleteAsync($"[odd] {problem}", cancellationToken)).Text;

    [SubAgent(Temperature = 0)]
    public async ValueTask<string> Select(
        [FromAny(nameof(Even), nameof(Odd), MinBranches = 2)] IReadOnlyList<string> answers, SubAgentContext agent, CancellationToken cancellationToken)
        => (await agent.CompleteAsync($"[select] {string.Join(' ', answers)}", cancellationToken)).Text;

    [SubAgent(Temperature = 0), Output]
    public async ValueTask<string> Final([From(nameof(Select))] string answer, SubAgentContext agent, CancellationToken cancellationToken)
        => (await agent.CompleteAsync($"[final] {answer}", cancellationToken)).Text;

    [Score]
    public static double Score(NumberCase expected, string answer) => answer == expected.Answer.ToString(CultureInfo.InvariantCulture) ? 1 : 0;

    /// <summary>What the models say: the small one is right on some numbers only.</summary>
    /// <param name="call">The call.</param>
    public static string Reply(FakeCall call)
    {
        var words = call.Prompt.Split(' ');
        var number = int.Parse(words[1], CultureInfo.InvariantCulture);
        var isBig = call.Model == "big";
        return words[0] switch
        {
            "[even]" => isBig || number % 5 < 3 ? Double() : "0",
            "[odd]" => isBig || number % 7 < 4 ? Double() : "0",
            "[final]" => isBig || number % 11 < 9 ? number.ToString(CultureInfo.InvariantCulture) : "1",
            _ => throw new InvalidOperationException("The selector was called."),
        };

        string Double() => (2 * number).ToString(CultureInfo.InvariantCulture);
    }
}
