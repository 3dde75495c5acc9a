namespace FlowCompile;

/// <summary>
/// Marks the method that makes the workflow, where a constructor takes what somebody else has: <c>static TWorkflow Create(IServiceProvider services)</c>
/// in the workflow class, of any accessibility. The generated <c>Add...</c> method makes the workflow by it, and so does the profiler.
/// </summary>
/// <remarks>
/// It sets <c>Models</c> from the <see cref="ModelCatalog"/> among the services. While a workflow is measured the services are that catalog, a
/// <see cref="WorkflowRuntime"/>, <see cref="TimeProvider"/> and loggers, and nothing else: what it needs beyond that, the factory makes where the services
/// have none.
/// </remarks>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class WorkflowFactoryAttribute : Attribute;
