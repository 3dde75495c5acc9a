using Google.OrTools.Sat;

namespace FlowCompile.Deployment;

/// <summary>A linear sum over the variables of a CP-SAT model, which is also read from solutions.</summary>
internal sealed class Sum
{
    private readonly List<(IntVar Variable, long Coefficient)> _terms = [];

    /// <summary>The sum as CP-SAT takes it.</summary>
    public LinearExpr Expression => LinearExpr.WeightedSum(_terms.Select(term => term.Variable), _terms.Select(term => term.Coefficient));

    public Sum Add(IntVar variable, long coefficient)
    {
        _terms.Add((variable, coefficient));
        return this;
    }

    public Sum Add(Sum other, long factor)
    {
        _terms.AddRange(other._terms.Select(term => (term.Variable, term.Coefficient * factor)));
        return this;
    }

    /// <summary>Its value in a solution.</summary>
    public long In(IReadOnlyList<long> solution) => _terms.Sum(term => term.Coefficient * solution[term.Variable.Index]);
}
