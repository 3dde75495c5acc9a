using FlowCompile.Generators.Model;

namespace FlowCompile.Generators.Emit;

/// <summary>Emits <c>RunAsync</c> and what it needs.</summary>
internal static class RunEmitter
{
    // What an input of the same name would hide.
    private static readonly string[] s_taken = ["preference", "options", "configuration", "cancellationToken", "Graph", "Plan", "Models", "Runtime", "Dispatch"];

    public static string Emit(WorkflowSpec workflow) => GeneratedPart.Write(workflow.Type, writer => Write(writer, workflow), bases: " : global::FlowCompile.IWorkflow");

    private static void Write(SourceWriter writer, WorkflowSpec workflow)
    {
        writer.Line("/// <summary>The models that the configurations name.</summary>");
        writer.Line(Names.GeneratedCode);
        writer.Line("public required global::FlowCompile.ModelCatalog Models { get; init; }");
        writer.Line();
        writer.Line("/// <summary>What runs share (default: <see cref=\"global::FlowCompile.WorkflowRuntime.Default\"/>).</summary>");
        writer.Line(Names.GeneratedCode);
        writer.Line("public global::FlowCompile.WorkflowRuntime Runtime { get; init; } = global::FlowCompile.WorkflowRuntime.Default;");
        writer.Line();

        var scope = new NameScope(s_taken);
        var inputs = workflow.Inputs.Select(input => scope.Take(input.Name, "Input")).ToList();
        WritePreferred(writer, workflow, inputs, withOptions: false);
        WritePreferred(writer, workflow, inputs, withOptions: true);
        WriteConfigured(writer, workflow, inputs);
        StreamingEmitter.Write(writer, workflow, inputs);
        DispatchEmitter.Write(writer, workflow);
    }

    private static void WritePreferred(SourceWriter writer, WorkflowSpec workflow, List<string> inputs, bool withOptions)
    {
        writer.Line("/// <summary>Runs the workflow under the configuration that a preference chooses.</summary>");
        WriteInputs(writer, inputs);
        writer.Lines(
            withOptions
                ? ["/// <param name=\"preference\">What the caller wants of the run.</param>", "/// <param name=\"options\">How to run it.</param>"]
                : ["/// <param name=\"preference\">What the caller wants of the run (default: <see cref=\"global::FlowCompile.Preference.Balanced\"/>).</param>"],
            "",
            "");
        WriteEnd(writer, canBeInfeasible: true);
        string[] parameters = withOptions
            ? [$"{Names.Preference} preference", $"{Names.RunOptions}? options"]
            : [$"{Names.Preference} preference = default"];
        WriteMethod(
            writer,
            workflow,
            inputs,
            parameters,
            $"{Names.Run}.Start(Graph, Plan.Fastest, Plan.Compiled, preference, Models, Runtime, {(withOptions ? "options" : "null")}, cancellationToken)");
    }

    private static void WriteConfigured(SourceWriter writer, WorkflowSpec workflow, List<string> inputs)
    {
        writer.Line("/// <summary>Runs the workflow under one configuration, and no other.</summary>");
        WriteInputs(writer, inputs);
        writer.Line("/// <param name=\"configuration\">The configuration: one of <see cref=\"Plan\"/>, or one of your own.</param>");
        writer.Line("/// <param name=\"options\">How to run it; <see langword=\"null\"/> for the defaults.</param>");
        WriteEnd(writer, canBeInfeasible: false);
        WriteMethod(
            writer,
            workflow,
            inputs,
            [$"{Names.Configuration} configuration", $"{Names.RunOptions}? options = null"],
            $"{Names.Run}.Start(Graph, configuration, Models, Runtime, options, cancellationToken)");
    }

    /// <summary>How visible a method that takes the inputs is: no more public than their types.</summary>
    public static string Modifier(WorkflowSpec workflow) =>
        workflow.RunAccess >= workflow.Access ? "public" : workflow.RunAccess == WorkflowAccess.Internal ? "internal" : "private";

    /// <summary>Documents the inputs.</summary>
    public static void WriteInputs(SourceWriter writer, IReadOnlyList<string> inputs)
    {
        foreach (var input in inputs)
        {
            writer.Line($"/// <param name=\"{input.TrimStart('@')}\">The workflow's input.</param>");
        }
    }

    private static void WriteEnd(SourceWriter writer, bool canBeInfeasible)
    {
        writer.Line("/// <param name=\"cancellationToken\">Cancels the run.</param>");
        writer.Line("/// <returns>The output, and how it came about.</returns>");
        writer.Line("/// <exception cref=\"global::FlowCompile.WorkflowException\">A node failed.</exception>");
        if (canBeInfeasible)
        {
            writer.Line("/// <exception cref=\"global::FlowCompile.InfeasiblePreferenceException\">No configuration keeps the preference's limits.</exception>");
        }

        writer.Line(Names.GeneratedCode);
    }

    private static void WriteMethod(SourceWriter writer, WorkflowSpec workflow, List<string> inputs, string[] parameters, string start)
    {
        writer.Line($"{Modifier(workflow)} {Names.Task}<{Names.Result}<{workflow.OutputNode.Result.Code}>> RunAsync(");
        using (writer.Indent())
        {
            writer.Lines(
                [.. workflow.Inputs.Select((input, i) => $"{input.Type.Code} {inputs[i]}"), .. parameters, $"{Names.CancellationToken} cancellationToken = default"], ",", ")");
            writer.Line("=> Dispatch.RunAsync(");
            using (writer.Indent())
            {
                writer.Lines(["this", start, .. inputs], ",", ");");
            }
        }

        writer.Line();
    }
}
