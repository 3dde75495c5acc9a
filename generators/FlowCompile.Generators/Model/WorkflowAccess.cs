namespace FlowCompile.Generators.Model;

/// <summary>From where a workflow class can be used, its containing types considered.</summary>
internal enum WorkflowAccess
{
    /// <summary>Only inside another type.</summary>
    Hidden,

    /// <summary>In its assembly.</summary>
    Internal,

    /// <summary>Everywhere.</summary>
    Public,
}
