using FlowCompile.Generators.Model;

namespace FlowCompile.Generators.Emit;

/// <summary>Emits the descriptor: the untyped face of the workflow, for the profiler and the command line.</summary>
internal static class DescriptorEmitter
{
    private const string Inputs = "global::System.Collections.Generic.IReadOnlyList<object?> inputs";
    private const string OutOfRange = "throw new global::System.ArgumentOutOfRangeException(nameof(node))";

    public static string Emit(WorkflowSpec workflow) => GeneratedPart.Write(workflow.Type, writer =>
    {
        writer.Line(Names.GeneratedCode);
        writer.Line("static global::FlowCompile.WorkflowDescriptor global::FlowCompile.IWorkflow.Descriptor => GeneratedDescriptor.Instance;");
        writer.Line();
        writer.Line("/// <summary>What the profiler and the command line use instead of the typed members.</summary>");
        writer.Line(Names.GeneratedCode);
        writer.Line(Names.Plumbing);
        using (writer.Block("private sealed class GeneratedDescriptor : global::FlowCompile.WorkflowDescriptor"))
        {
            writer.Line("internal static readonly GeneratedDescriptor Instance = new GeneratedDescriptor();").Line();
            WriteProperties(writer, workflow);
            WriteOutputTypes(writer, workflow);
            WriteCreate(writer, workflow);
            WriteInvoke(writer, workflow);
            WriteRun(writer, workflow);
            WriteScores(writer, workflow);
        }
    });

    private static void WriteProperties(SourceWriter writer, WorkflowSpec workflow)
    {
        var caseType = workflow.Scores.Count == 0 ? "null" : $"typeof({workflow.Scores[0].CaseType.Runtime})";
        writer.Line($"public override {Names.Graph}WorkflowGraph Graph => {workflow.Type.Self.Name}.Graph;").Line();
        writer.Line($"public override {Names.ReadOnlyList}<string> Models {{ get; }} = {Literals.Array("string", workflow.Models.Select(Literals.Text))};").Line();
        writer.Line($"public override {Names.ReadOnlyList}<int> Budgets {{ get; }} = {Literals.Array("int", workflow.Budgets.Select(Literals.Number))};").Line();
        writer.Line("public override global::FlowCompile.Plans.WorkflowPlan? CompiledPlan => Plan.Compiled;").Line();
        writer.Line($"public override {Names.ReadOnlyList}<string> InputNames {{ get; }} = {Literals.Array("string", workflow.Inputs.Select(input => Literals.Text(input.Name)))};").Line();
        writer.Line($"public override {Names.ReadOnlyList}<global::System.Type> InputTypes {{ get; }} = "
            + $"{Literals.Array("global::System.Type", workflow.Inputs.Select(input => $"typeof({input.Type.Runtime})"))};").Line();
        writer.Line($"public override global::System.Type? CaseType => {caseType};").Line();
    }

    private static void WriteOutputTypes(SourceWriter writer, WorkflowSpec workflow)
    {
        using (writer.Block("public override global::System.Type OutputType(int node) => node switch", ";"))
        {
            for (var node = 0; node < workflow.Nodes.Count; node++)
            {
                writer.Line($"{Literals.Number(node)} => typeof({workflow.Nodes[node].Result.Runtime}),");
            }

            writer.Line($"_ => {OutOfRange},");
        }

        writer.Line();
    }

    private static void WriteCreate(SourceWriter writer, WorkflowSpec workflow)
    {
        var type = workflow.Type.Self.Name;
        if (workflow.Factory is { } factory)
        {
            writer.Line("public override object CreateWorkflow(global::FlowCompile.ModelCatalog models) => "
                + $"throw new global::System.NotSupportedException({Literals.Text($"Workflow class '{type}' is made by its factory, which takes services; hand them on.")});");
            writer.Line();
            writer.Line($"public override object CreateWorkflow(global::System.IServiceProvider services) => {type}.{Identifiers.Escape(factory)}(services);");
            writer.Line();
            return;
        }

        writer.Line("public override object CreateWorkflow(global::FlowCompile.ModelCatalog models) => " + (workflow.CanConstruct
            ? $"new {type} {{ Models = models }};"
            : $"throw new global::System.NotSupportedException({Literals.Text($"Workflow class '{type}' has no constructor without parameters, or required members; add a method with [WorkflowFactory] that makes it.")});"));
        writer.Line();
    }

    private static void WriteInvoke(SourceWriter writer, WorkflowSpec workflow)
    {
        writer.Line($"public override async {Names.ValueTask}<object?> InvokeNodeAsync(");
        using (writer.Indent())
        {
            writer.Lines(
                ["object workflow", "int node", Inputs, "global::FlowCompile.SubAgentContext? agent", $"{Names.CancellationToken} cancellationToken"], ",", ")");
        }

        using (writer.Body())
        {
            writer.Line($"var self = ({workflow.Type.Self.Name})workflow;");
            using (writer.Block("switch (node)"))
            {
                for (var node = 0; node < workflow.Nodes.Count; node++)
                {
                    WriteCase(writer, workflow, node);
                }

                writer.Line("default:");
                using (writer.Indent())
                {
                    writer.Line(OutOfRange + ";");
                }
            }
        }

        writer.Line();
    }

    private static void WriteCase(SourceWriter writer, WorkflowSpec workflow, int index)
    {
        var node = workflow.Nodes[index];
        var input = 0;
        var arguments = node.Parameters.Select(parameter => parameter.Role switch
        {
            ParameterRole.Context => "agent!",
            ParameterRole.CancellationToken => "cancellationToken",
            ParameterRole.Candidates => $"CandidatesOf<{parameter.Type.Code}>(inputs[{Literals.Number(input++)}])",
            _ => $"({parameter.Type.Code})inputs[{Literals.Number(input++)}]!",
        }).ToList();
        writer.Line($"case {Literals.Number(index)}:");
        using (writer.Indent())
        {
            writer.Line($"return {NodeCallEmitter.Call(workflow, node, "self", arguments)};");
        }
    }

    private static void WriteRun(SourceWriter writer, WorkflowSpec workflow)
    {
        writer.Line($"public override async {Names.Task}<{Names.Result}<object?>> RunAsync(");
        using (writer.Indent())
        {
            writer.Lines(
                ["object workflow", Inputs, $"{Names.Configuration} configuration", $"{Names.RunOptions} options", $"{Names.CancellationToken} cancellationToken"], ",", ")");
        }

        var inputs = workflow.Inputs.Select((input, i) => $"({input.Type.Code})inputs[{Literals.Number(i)}]!, ");
        using (writer.Body())
        {
            writer.Line($"var self = ({workflow.Type.Self.Name})workflow;");
            writer.Line($"return (await self.RunAsync({string.Concat(inputs)}configuration, options, cancellationToken){Names.Await}).Untyped();");
        }

        writer.Line();
    }

    private static void WriteScores(SourceWriter writer, WorkflowSpec workflow)
    {
        var scores = workflow.Nodes
            .Select((node, i) => (Node: Literals.Number(i), Score: workflow.Scores.FirstOrDefault(score => score.Scored.Contains(node.Name))))
            .Where(scored => scored.Score is not null)
            .ToList();
        using (writer.Block("public override bool CanScore(int node) => node switch", ";"))
        {
            scores.ForEach(scored => writer.Line($"{scored.Node} => true,"));
            writer.Line("_ => false,");
        }

        writer.Line();
        using (writer.Block("public override double Score(int node, object expected, object? output) => node switch", ";"))
        {
            foreach (var (node, score) in scores)
            {
                var call = $"{workflow.Type.Self.Name}.{Identifiers.Escape(score!.Method)}(({score.CaseType.Code})expected, ({score.OutputType.Code})output!)";
                writer.Line($"{node} => {call}{(score.ReturnsBool ? " ? 1 : 0" : "")},");
            }

            writer.Line("_ => throw NoScore(node),");
        }
    }
}
