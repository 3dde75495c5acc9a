using System.Reflection;
using System.Runtime.Loader;
using FlowCompile.Tool.Output;

namespace FlowCompile.Tool.Projects;

/// <summary>Finds the workflows of a built project.</summary>
internal static class WorkflowLoader
{
    /// <summary>The descriptors of all workflows in a project, or of the one named, by name.</summary>
    public static IReadOnlyList<WorkflowDescriptor> Load(BuiltProject project, string? workflow)
    {
        var assembly = AssemblyLoadContext.Default.LoadFromAssemblyPath(project.Assembly);
        var found = TypesOf(assembly)
            .Where(type => type.GetCustomAttribute<WorkflowAttribute>(inherit: false) is not null && !IsGeneric(type))
            .Select(type => DescriptorOf(project, type))
            .OrderBy(descriptor => descriptor.Graph.Name, StringComparer.Ordinal)
            .ToList();
        if (found.Count == 0)
        {
            throw new ToolException($"{project.Name} has no workflow; put [Workflow(\"name\")] on a partial class.", ExitCode.BadProject);
        }

        if (workflow is null)
        {
            return found;
        }

        var named = found.Where(descriptor => descriptor.Graph.Name == workflow).ToList();
        return named.Count > 0
            ? named
            : throw new ToolException(
                $"{project.Name} has no workflow '{workflow}'; it has {ShownText.Join(", ", found.Select(descriptor => (ShownText)$"'{descriptor.Graph.Name}'"))}.", ExitCode.BadProject);
    }

    // It stands for as many workflows as there are types. The build has said so (FC0009); beside others it is left out.
    private static bool IsGeneric(Type type)
    {
        if (type.ContainsGenericParameters)
        {
            Results.Warning($"{type.FullName} is generic and left out; put [Workflow] on a class that derives from it.");
        }

        return type.ContainsGenericParameters;
    }

    private static Type[] TypesOf(Assembly assembly)
    {
        try
        {
            return assembly.GetTypes();
        }
        catch (ReflectionTypeLoadException error)
        {
            throw new ToolException(
                $"{assembly.GetName().Name} could not be loaded: {error.LoaderExceptions.FirstOrDefault()?.Message ?? error.Message}", ExitCode.BadProject, error);
        }
    }

    private static WorkflowDescriptor DescriptorOf(BuiltProject project, Type type)
    {
        const BindingFlags Static = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;
        if (!typeof(IWorkflow).IsAssignableFrom(type))
        {
            throw new ToolException(
                $"Nothing was generated for {type.FullName}; see the warnings of '{MsBuild.BuildCommand(project.ProjectFile, new ProjectRequest(project.ProjectFile))}' for its [Workflow].", ExitCode.BadProject);
        }

        // The generator implements the member implicitly or explicitly; the map finds either.
        var map = type.GetInterfaceMap(typeof(IWorkflow));
        var getter = map.TargetMethods.Length > 0 ? map.TargetMethods[0] : type.GetProperty(nameof(IWorkflow.Descriptor), Static)?.GetMethod;
        return (WorkflowDescriptor)getter!.Invoke(null, null)!;
    }
}
