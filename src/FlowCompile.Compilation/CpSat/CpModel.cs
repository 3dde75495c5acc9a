using FlowCompile.Compilation.CpSat.Protocol;

namespace FlowCompile.Compilation.CpSat;

/// <summary>Writes a <see cref="CpModelProto"/> in the words of the problem. Variables are indexes; a sum is a list of (variable, coefficient).</summary>
internal sealed class CpModel
{
    private readonly CpModelProto _proto = new();

    public CpModelProto Proto => _proto;

    public int Boolean(string name) => Integer(name, 0, 1);

    public int Integer(string name, long min, long max)
    {
        _proto.Variables.Add(new IntegerVariableProto { Name = name, Domain = { min, max } });
        return _proto.Variables.Count - 1;
    }

    public void ExactlyOne(IEnumerable<int> booleans) =>
        _proto.Constraints.Add(new ConstraintProto { ExactlyOne = new BoolArgumentProto { Literals = { booleans } } });

    /// <summary>Where <paramref name="cause"/> holds, <paramref name="effect"/> does.</summary>
    public void Implies(int cause, int effect) =>
        _proto.Constraints.Add(new ConstraintProto { EnforcementLiteral = { cause }, BoolAnd = new BoolArgumentProto { Literals = { effect } } });

    /// <summary>A sum lies between two values, always or where <paramref name="enforcedBy"/> holds.</summary>
    public void Between(IReadOnlyCollection<(int Variable, long Coefficient)> sum, long min, long max, int? enforcedBy = null)
    {
        var constraint = new ConstraintProto { Linear = new LinearConstraintProto { Domain = { min, max } } };
        foreach (var (variable, coefficient) in Distinct(sum))
        {
            constraint.Linear.Vars.Add(variable);
            constraint.Linear.Coeffs.Add(coefficient);
        }

        if (enforcedBy is { } literal)
        {
            constraint.EnforcementLiteral.Add(literal);
        }

        _proto.Constraints.Add(constraint);
    }

    public void AtMost(IReadOnlyCollection<(int Variable, long Coefficient)> sum, long max) => Between(sum, long.MinValue, max);

    public void AtLeast(IReadOnlyCollection<(int Variable, long Coefficient)> sum, long min) => Between(sum, min, long.MaxValue);

    /// <summary>The model with an objective; constraints that were added after the copy was taken are not in it.</summary>
    public CpModelProto Minimize(IEnumerable<(int Variable, long Coefficient)> sum)
    {
        var copy = _proto.Clone();
        copy.Objective = new CpObjectiveProto();
        foreach (var (variable, coefficient) in Distinct(sum))
        {
            copy.Objective.Vars.Add(variable);
            copy.Objective.Coeffs.Add(coefficient);
        }

        return copy;
    }

    private static IEnumerable<(int Variable, long Coefficient)> Distinct(IEnumerable<(int Variable, long Coefficient)> sum) => sum
        .GroupBy(term => term.Variable, (variable, terms) => (variable, terms.Sum(term => term.Coefficient)));
}
