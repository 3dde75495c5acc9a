using FlowCompile.Generators.Model;

namespace FlowCompile.Generators.Emit;

/// <summary>Emits the method that adds the workflow to services.</summary>
internal static class ServicesEmitter
{
    /// <summary>Whether an extension method can make the class: it is no generic type's, in reach, and made without arguments.</summary>
    public static bool CanEmit(WorkflowSpec workflow) =>
        workflow is { ServicesClass: not null, Access: not WorkflowAccess.Hidden } && workflow.Type.Types.All(type => !type.Name.Contains("<"));

    public static string Emit(WorkflowSpec workflow)
    {
        var type = string.Join(".", workflow.Type.Types.Select(level => level.Name));
        var name = string.Concat(workflow.Type.Types.Select(level => level.Name.TrimStart('@')));
        var access = workflow.Access == WorkflowAccess.Public ? "public" : "internal";
        var writer = GeneratedPart.Start();
        if (workflow.Type.Namespace.Length == 0)
        {
            Write();
        }
        else
        {
            using (writer.Block($"namespace {workflow.Type.Namespace}"))
            {
                Write();
            }
        }

        return writer.ToString();

        void Write()
        {
            writer.Line($"/// <summary>Adds <see cref=\"{type}\"/> to services.</summary>");
            writer.Line(Names.GeneratedCode);
            using (writer.Block($"{access} static class {workflow.ServicesClass}"))
            {
                WriteMethod(writer, workflow, type, name);
            }
        }
    }

    private static void WriteMethod(SourceWriter writer, WorkflowSpec workflow, string type, string name)
    {
        writer.Line("/// <summary>");
        writer.Line($"/// Adds <see cref=\"{type}\"/> as a singleton. It takes its models from the <see cref=\"global::FlowCompile.ModelCatalog\"/> and what");
        writer.Line("/// runs share from the <see cref=\"global::FlowCompile.WorkflowRuntime\"/> among the services; a runtime is added where there is none.");
        if (workflow.Factory is { } factory)
        {
            writer.Line($"/// It is made by <c>{factory}</c>.");
        }

        writer.Line("/// </summary>");
        writer.Line("/// <param name=\"services\">The services.</param>");
        writer.Line("/// <returns>The services, so that calls can be chained.</returns>");
        writer.Line($"public static global::Microsoft.Extensions.DependencyInjection.IServiceCollection Add{name}(");
        using (writer.Indent())
        {
            writer.Line("this global::Microsoft.Extensions.DependencyInjection.IServiceCollection services)");
            if (workflow.Factory is not null)
            {
                writer.Line($"=> global::FlowCompile.WorkflowServices.AddWorkflow<{type}>(services);");
                return;
            }

            using (writer.Block($"=> global::FlowCompile.WorkflowServices.AddWorkflow(services, static provider => new {type}", ");"))
            {
                writer.Line("Models = global::FlowCompile.WorkflowServices.Models(provider),");
                writer.Line("Runtime = global::FlowCompile.WorkflowServices.Runtime(provider),");
            }
        }
    }
}
