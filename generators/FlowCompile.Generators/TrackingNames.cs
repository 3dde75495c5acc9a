namespace FlowCompile.Generators;

/// <summary>The names of the pipeline's steps, by which tests ask what was cached.</summary>
internal static class TrackingNames
{
    public const string Workflows = "Workflows";
    public const string Plans = "Plans";
    public const string Settings = "Settings";
    public const string BoundWorkflows = "BoundWorkflows";
    public const string Code = "Code";
}
