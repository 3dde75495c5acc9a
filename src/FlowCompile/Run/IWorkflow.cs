namespace FlowCompile;

/// <summary>Implemented by every generated workflow, so that tools find what was generated for it without knowing its type.</summary>
public interface IWorkflow
{
    /// <summary>What was generated for the workflow.</summary>
    static abstract WorkflowDescriptor Descriptor { get; }
}
