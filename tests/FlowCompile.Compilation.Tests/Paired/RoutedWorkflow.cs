using System.Globalization;
using FlowCompile.Profiling.TestHost;

namespace FlowCompile.Compilation.Tests;

/// <summary>Doubles a number: a draft says whether it is even, a tool routes by what that says, and each branch can do its own numbers only.</summary>
[Workflow("routed")]
internal sealed partial class RoutedWorkflow
{
    [SubAgent(Temperature = 0)]
    public async ValueTask<string> Draft(string problem, SubAgentContext agent, CancellationToken cancellationToken)
        => (await agent.CompleteAsync($"[draft] {problem}", cancellationToken)).Text;

    [Tool]
    public static string Route([From(nameof(Draft))] string draft) => draft;

    [SubAgent(Temperature = 0), When(nameof(Route), "even")]
    public async ValueTask<string> Even(string problem, SubAgentContext agent, CancellationToken cancellationToken)
        => (await agent.CompleteAsync($"[even] {problem}", cancellationToken)).Text;

    [SubAgent(Temperature = 0), Otherwise(nameof(Route))]
    public async ValueTask<string> Odd(string problem, SubAgentContext agent, CancellationToken cancellationToken)
        => (await agent.CompleteAsync($"[odd] {problem}", cancellationToken)).Text;

    [Tool, Output]
    public static string Answer([FromAny(nameof(Even), nameof(Odd))] IReadOnlyList<string> answers) => answers[0];

    [Score]
    public static double Score(NumberCase expected, string answer) => answer == expected.Answer.ToString(CultureInfo.InvariantCulture) ? 1 : 0;

    [Score(nameof(Draft))]
    public static double ScoreDraft(NumberCase expected, string draft) => draft == Parity(expected.Problem) ? 1 : 0;

    /// <summary>What the models say: each is right on numbers of its own.</summary>
    /// <param name="call">The call.</param>
    public static string Reply(FakeCall call)
    {
        var words = call.Prompt.Split(' ');
        var number = int.Parse(words[1], CultureInfo.InvariantCulture);
        var isBig = call.Model == "big";
        return words[0] switch
        {
            "[draft]" => (isBig ? number % 4 != 0 : number % 3 == 0) == (number % 2 == 0) ? "even" : "odd",
            "[even]" => number % 2 == 0 && (isBig || number % 5 < 3) ? Double() : "0",
            _ => number % 2 == 1 && (isBig || number % 7 < 4) ? Double() : "0",
        };

        string Double() => (2 * number).ToString(CultureInfo.InvariantCulture);
    }

    private static string Parity(string problem) => int.Parse(problem, CultureInfo.InvariantCulture) % 2 == 0 ? "even" : "odd";
}
