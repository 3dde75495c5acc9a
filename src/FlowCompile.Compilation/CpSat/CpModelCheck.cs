using System.Globalization;
using FlowCompile.Compilation.CpSat.Protocol;
using Google.Protobuf.Collections;

namespace FlowCompile.Compilation.CpSat;

/// <summary>Whether a solution that came from outside solves the model.</summary>
internal static class CpModelCheck
{
    /// <summary>What a solution violates; <see langword="null"/> for a solution of the model.</summary>
    public static string? Violation(CpModelProto model, IReadOnlyList<long> solution)
    {
        if (solution.Count != model.Variables.Count)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{solution.Count} values for {model.Variables.Count} variables");
        }

        for (var i = 0; i < solution.Count; i++)
        {
            if (!Contains(model.Variables[i].Domain, solution[i]))
            {
                return string.Create(CultureInfo.InvariantCulture, $"'{model.Variables[i].Name}' is {solution[i]}");
            }
        }

        for (var i = 0; i < model.Constraints.Count; i++)
        {
            var constraint = model.Constraints[i];
            if (constraint.EnforcementLiteral.All(IsTrue) && !Holds(constraint))
            {
                return string.Create(CultureInfo.InvariantCulture, $"constraint {i} does not hold");
            }
        }

        return null;

        bool IsTrue(int literal) => literal >= 0 ? solution[literal] == 1 : solution[-1 - literal] == 0;

        bool Holds(ConstraintProto constraint) => constraint.ConstraintCase switch
        {
            ConstraintProto.ConstraintOneofCase.BoolOr => constraint.BoolOr.Literals.Any(IsTrue),
            ConstraintProto.ConstraintOneofCase.BoolAnd => constraint.BoolAnd.Literals.All(IsTrue),
            ConstraintProto.ConstraintOneofCase.ExactlyOne => constraint.ExactlyOne.Literals.Count(IsTrue) == 1,
            ConstraintProto.ConstraintOneofCase.Linear => Contains(constraint.Linear.Domain, Value(constraint.Linear)),
            _ => throw new InvalidOperationException($"Constraints of kind {constraint.ConstraintCase} are not checked."),
        };

        Int128 Value(LinearConstraintProto linear) =>
            linear.Vars.Zip(linear.Coeffs).Aggregate((Int128)0, (sum, term) => sum + ((Int128)solution[term.First] * term.Second));
    }

    private static bool Contains(RepeatedField<long> domain, Int128 value)
    {
        for (var i = 0; i + 1 < domain.Count; i += 2)
        {
            if (domain[i] <= value && value <= domain[i + 1])
            {
                return true;
            }
        }

        return false;
    }
}
