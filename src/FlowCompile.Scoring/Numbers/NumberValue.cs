namespace FlowCompile.Scoring;

/// <summary>The number that a formula comes to.</summary>
internal static class NumberValue
{
    /// <summary>Whether a text reads as mathematics.</summary>
    /// <param name="text">The text.</param>
    /// <param name="value">Its number without unit; <see langword="null"/> where it is none, or not a rational one.</param>
    public static bool IsMathematics(string text, out Rational? value)
    {
        value = null;
        try
        {
            var algebra = new Algebra();
            var answer = AnswerForms.Read(text, Commas.Group, algebra);
            // Words are no number here, whatever they say.
            value = text.Any(char.IsAsciiDigit) ? Of(answer, algebra) : null;
            return answer is not MathAnswer.Verdict;
        }
        catch (MathFormatException)
        {
            return false;
        }
    }

    private static Rational? Of(MathAnswer answer, Algebra algebra) => answer switch
    {
        MathAnswer.Expression { Value: var value } => new QuantityComparer(algebra).Bare(value) is { } bare && bare.TryRational(out var number) ? number : null,
        MathAnswer.Assigned assigned => Of(assigned.Value, algebra),
        MathAnswer.Equation { Value: { } value } => Of(new MathAnswer.Expression(value), algebra),
        MathAnswer.Labelled labelled => Of(labelled.Value, algebra),
        MathAnswer.Either either => Of(either.Readings[0], algebra),
        MathAnswer.Choice choice => Of(choice.Content, algebra),
        MathAnswer.Modular modular => Of(modular.Value, algebra),
        MathAnswer.Many { Items.Count: > 0 } many => Of(many.Items[^1], algebra),
        _ => null,
    };
}
