using System.Globalization;

namespace FlowCompile.Profiling.TestHost;

/// <summary>How well fake models double numbers: better with the model and the budget, and the same for the same call.</summary>
public static class Skill
{
    /// <summary>The answer of a model to a prompt of <see cref="DoublingWorkflow"/>.</summary>
    /// <param name="call">The call.</param>
    public static string Answer(FakeCall call)
    {
        var words = call.Prompt.Split(' ');
        var right = (2 * int.Parse(words[1], CultureInfo.InvariantCulture)).ToString(CultureInfo.InvariantCulture);
        var wrong = (1 + (int)(call.Chance * 1000)).ToString(CultureInfo.InvariantCulture) + "x";
        var skilled = call.Chance < (call.Model == "big" ? 0.7 : 0.4) + (call.Budget * 0.005);
        return words[0] switch
        {
            "[refine]" => skilled ? right : words[3],
            "[choose]" => skilled && words.Contains(right) ? right : words[3],
            _ => skilled ? right : wrong,
        };
    }
}
