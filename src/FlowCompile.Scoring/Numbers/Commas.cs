namespace FlowCompile.Scoring;

/// <summary>What a comma between digits means: one text may be read in more than one way.</summary>
internal enum Commas
{
    /// <summary>Between groups of three digits it groups them: 2,400 is one number.</summary>
    Group,

    /// <summary>Where there are several it separates: 100,200,300 are three numbers.</summary>
    Separate,

    /// <summary>It is the decimal sign: 3,5 is 7/2.</summary>
    Decimal,
}
