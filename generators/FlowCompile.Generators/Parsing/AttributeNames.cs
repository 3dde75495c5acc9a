namespace FlowCompile.Generators.Parsing;

/// <summary>The attributes and types that the parser knows, by their full names.</summary>
internal static class AttributeNames
{
    public const string Workflow = "FlowCompile.WorkflowAttribute";
    public const string SubAgent = "FlowCompile.SubAgentAttribute";
    public const string Tool = "FlowCompile.ToolAttribute";
    public const string From = "FlowCompile.FromAttribute";
    public const string FromAny = "FlowCompile.FromAnyAttribute";
    public const string Output = "FlowCompile.OutputAttribute";
    public const string Replicas = "FlowCompile.ReplicasAttribute";
    public const string RetryUntil = "FlowCompile.RetryUntilAttribute";
    public const string When = "FlowCompile.WhenAttribute";
    public const string Otherwise = "FlowCompile.OtherwiseAttribute";
    public const string Score = "FlowCompile.ScoreAttribute";
    public const string WorkflowFactory = "FlowCompile.WorkflowFactoryAttribute";
    public const string ServiceProvider = "System.IServiceProvider";
    public const string SubAgentContext = "FlowCompile.SubAgentContext";
    public const string TestResult = "FlowCompile.ITestResult";
    public const string CancellationToken = "System.Threading.CancellationToken";
    public const string Task = "System.Threading.Tasks.Task";
    public const string ValueTask = "System.Threading.Tasks.ValueTask";
    public const string ReadOnlyList = "System.Collections.Generic.IReadOnlyList";
    public const string AsyncStream = "System.Collections.Generic.IAsyncEnumerable";
    public const string AsyncEnumerator = "System.Collections.Generic.IAsyncEnumerator";
    public const string Enumerator = "System.Collections.Generic.IEnumerator";
    public const string UntypedEnumerator = "System.Collections.IEnumerator";
    public const string Obsolete = "System.ObsoleteAttribute";
}
