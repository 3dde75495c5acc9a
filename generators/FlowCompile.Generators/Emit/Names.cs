namespace FlowCompile.Generators.Emit;

/// <summary>Full names that generated code uses.</summary>
internal static class Names
{
    public const string CancellationToken = "global::System.Threading.CancellationToken";
    public const string Task = "global::System.Threading.Tasks.Task";
    public const string ValueTask = "global::System.Threading.Tasks.ValueTask";
    public const string ReadOnlyList = "global::System.Collections.Generic.IReadOnlyList";
    public const string Exception = "global::System.Exception";
    public const string Run = "global::FlowCompile.WorkflowRun";
    public const string Result = "global::FlowCompile.WorkflowResult";
    public const string Configuration = "global::FlowCompile.Plans.WorkflowConfiguration";
    public const string Preference = "global::FlowCompile.Preference";
    public const string RunOptions = "global::FlowCompile.RunOptions";
    public const string Graph = "global::FlowCompile.Graph.";
    public const string Await = ".ConfigureAwait(false)";

    /// <summary>What a debugger steps through, to the user's methods, and no coverage counts.</summary>
    public const string Plumbing = "[global::System.Diagnostics.DebuggerNonUserCode, global::System.Diagnostics.CodeAnalysis.ExcludeFromCodeCoverage]";

    /// <summary>The attribute of every generated member that a user may see.</summary>
    public static readonly string GeneratedCode =
        $"[global::System.CodeDom.Compiler.GeneratedCode(\"FlowCompile.Generators\", \"{typeof(Names).Assembly.GetName().Version?.ToString(3)}\")]";
}
