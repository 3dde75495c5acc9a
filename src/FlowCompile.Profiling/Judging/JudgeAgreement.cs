namespace FlowCompile.Profiling;

/// <summary>How far a judge agrees with the score methods on outputs that both have scored, right meaning a score of at least 0.5.</summary>
/// <param name="Node">The sub-agent's name.</param>
/// <param name="BothRight">How many outputs are right to both.</param>
/// <param name="BothWrong">How many are wrong to both.</param>
/// <param name="FalselyRight">How many are right to the judge and wrong by their label.</param>
/// <param name="FalselyWrong">How many are wrong to the judge and right by their label.</param>
public sealed record JudgeAgreement(string Node, int BothRight, int BothWrong, int FalselyRight, int FalselyWrong)
{
    /// <summary>How many outputs were judged.</summary>
    public int Count => BothRight + BothWrong + FalselyRight + FalselyWrong;

    /// <summary>The share of them on which both agree, 0 to 1; 0 of none.</summary>
    public double Share => Count == 0 ? 0 : (double)(BothRight + BothWrong) / Count;

    /// <summary>
    /// Cohen's kappa: the agreement beyond what chance gives, 1 for all of it and 0 for none; <see langword="null"/> where judge and
    /// labels know one and the same answer only, so that there is nothing to tell.
    /// </summary>
    public double? Kappa
    {
        get
        {
            var (right, labelled) = ((double)(BothRight + FalselyRight) / Count, (double)(BothRight + FalselyWrong) / Count);
            var chance = (right * labelled) + ((1 - right) * (1 - labelled));
            return Count == 0 || chance == 1 ? null : (Share - chance) / (1 - chance);
        }
    }
}
