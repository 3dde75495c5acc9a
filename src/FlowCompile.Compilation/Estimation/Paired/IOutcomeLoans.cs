namespace FlowCompile.Compilation;

/// <summary>From which cases others borrow their distributions.</summary>
internal interface IOutcomeLoans
{
    /// <summary>
    /// Adds to each lender what more of it would change: its distribution in the place of what is lent of all, wherever it lends, as much as the
    /// result grows with each outcome there.
    /// </summary>
    /// <param name="gradient">By outcome and case, how much the result of the case grows with the outcome's probability.</param>
    /// <param name="target">What is added to, by case.</param>
    void AddInfluence(double[][] gradient, double[] target);
}
