namespace FlowCompile.Profiling;

/// <summary>Makes the workflows that are measured.</summary>
internal static class WorkflowInstance
{
    /// <summary>Makes a workflow over models.</summary>
    /// <param name="descriptor">The workflow.</param>
    /// <param name="models">The models.</param>
    /// <exception cref="ProfileException">It cannot be made; the message says why and what to do.</exception>
    public static object Create(WorkflowDescriptor descriptor, ModelCatalog models)
    {
        try
        {
            return descriptor.CreateWorkflow(new FactoryServices(models))
                ?? throw new ProfileException($"The factory of the workflow '{descriptor.Graph.Name}' returned nothing; let it return the workflow.");
        }
        catch (NotSupportedException e)
        {
            throw new ProfileException($"The workflow '{descriptor.Graph.Name}' cannot be made: {e.Message}", e);
        }
        catch (InvalidOperationException e)
        {
            throw new ProfileException(
                $"The factory of the workflow '{descriptor.Graph.Name}' failed: {e.Message} While a workflow is measured there are {FactoryServices.Known} among the services; make what else it needs in the factory.", e);
        }
    }
}
