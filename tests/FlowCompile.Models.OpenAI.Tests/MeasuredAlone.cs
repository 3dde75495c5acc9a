namespace FlowCompile.Models.OpenAI.Tests;

/// <summary>Tests that measure the process they run in: none of this assembly runs beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class MeasuredAlone
{
    public const string Name = nameof(MeasuredAlone);
}
