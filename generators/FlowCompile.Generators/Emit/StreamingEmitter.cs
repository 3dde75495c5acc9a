using FlowCompile.Generators.Model;

namespace FlowCompile.Generators.Emit;

/// <summary>Emits <c>RunStreamingAsync</c>: <c>RunAsync</c> for those who read the output while it is written.</summary>
internal static class StreamingEmitter
{
    public static void Write(SourceWriter writer, WorkflowSpec workflow, IReadOnlyList<string> inputs)
    {
        writer.Line("/// <summary>Runs the workflow under the configuration that a preference chooses, and streams the output while a model writes it.</summary>");
        RunEmitter.WriteInputs(writer, inputs);
        writer.Line("/// <param name=\"preference\">What the caller wants of the run (default: <see cref=\"global::FlowCompile.Preference.Balanced\"/>).</param>");
        Write(writer, workflow, inputs, $"{Names.Preference} preference = default", "preference");

        writer.Line("/// <summary>Runs the workflow under one configuration, and no other, and streams the output while a model writes it.</summary>");
        RunEmitter.WriteInputs(writer, inputs);
        writer.Line("/// <param name=\"configuration\">The configuration: one of <see cref=\"Plan\"/>, or one of your own.</param>");
        Write(writer, workflow, inputs, $"{Names.Configuration} configuration", "configuration");
    }

    private static void Write(SourceWriter writer, WorkflowSpec workflow, IReadOnlyList<string> inputs, string parameter, string argument)
    {
        var scope = new NameScope([.. inputs, "preference", "configuration", "options", "cancellationToken"]);
        var (streamed, canceled) = (scope.Take("streamed", "Options"), scope.Take("canceled", "Token"));
        writer.Line("/// <param name=\"options\">How to run it; <see langword=\"null\"/> for the defaults.</param>");
        writer.Line("/// <param name=\"cancellationToken\">Cancels the run.</param>");
        writer.Line("/// <returns>The run, which starts when it is read.</returns>");
        writer.Line(Names.GeneratedCode);
        var type = $"global::FlowCompile.WorkflowStream<{workflow.OutputNode.Result.Code}>";
        writer.Line($"{RunEmitter.Modifier(workflow)} {type} RunStreamingAsync(");
        using (writer.Indent())
        {
            writer.Lines(
                [
                    .. workflow.Inputs.Select((input, i) => $"{input.Type.Code} {inputs[i]}"),
                    parameter,
                    $"{Names.RunOptions}? options = null",
                    $"{Names.CancellationToken} cancellationToken = default",
                ],
                ",",
                ")");
            writer.Line($"=> new {type}(");
            using (writer.Indent())
            {
                writer.Lines(
                    [$"({streamed}, {canceled}) => RunAsync({string.Join(", ", [.. inputs, argument, streamed, canceled])})", "options", "cancellationToken"], ",", ");");
            }
        }

        writer.Line();
    }
}
