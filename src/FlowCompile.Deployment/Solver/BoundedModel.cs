using Google.OrTools.Sat;

namespace FlowCompile.Deployment;

/// <summary>A CP-SAT model that is solved many times under other bounds and objectives.</summary>
internal sealed class BoundedModel
{
    private bool _isBounded;

    /// <summary>The model. Constraints are added to it before the first <see cref="Minimize"/>.</summary>
    public CpModel Model { get; } = new();

    /// <summary>The model with an objective and one more constraint. Both are in force until the next call.</summary>
    /// <param name="objective">What is to be least.</param>
    /// <param name="bounded">A sum that is bounded.</param>
    /// <param name="min">Its least value; <see cref="long.MinValue"/>: any.</param>
    /// <param name="max">Its largest value; <see cref="long.MaxValue"/>: any.</param>
    public CpModel Minimize(LinearExpr objective, LinearExpr bounded, long min, long max)
    {
        var constraints = Model.Model.Constraints;
        if (_isBounded)
        {
            constraints.RemoveAt(constraints.Count - 1);
        }

        _isBounded = true;
        Model.AddLinearConstraint(bounded, min, max);
        Model.Minimize(objective);
        return Model;
    }
}
