using System.Reflection;
using System.Runtime.Loader;

namespace FlowCompile.Tool.Projects;

/// <summary>
/// Loads a user's assembly with its dependencies. What the tool has itself (FlowCompile and what its types are made of) is shared, so that
/// a workflow's types are the tool's types; everything else comes from the user's output folder.
/// </summary>
internal sealed class WorkflowLoadContext(string assembly) : AssemblyLoadContext("workflow")
{
    private readonly AssemblyDependencyResolver _resolver = new(assembly);

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        if (Shared(assemblyName) is { } shared)
        {
            return shared;
        }

        return _resolver.ResolveAssemblyToPath(assemblyName) is { } path ? LoadFromAssemblyPath(path) : null;
    }

    protected override nint LoadUnmanagedDll(string unmanagedDllName) =>
        _resolver.ResolveUnmanagedDllToPath(unmanagedDllName) is { } path ? LoadUnmanagedDllFromPath(path) : 0;

    private static Assembly? Shared(AssemblyName name)
    {
        Assembly assembly;
        try
        {
            assembly = Default.LoadFromAssemblyName(new AssemblyName(name.Name!));
        }
        catch (Exception error) when (error is FileNotFoundException or FileLoadException)
        {
            return null;
        }

        var isOurs = name.Name == "FlowCompile" || name.Name!.StartsWith("FlowCompile.", StringComparison.Ordinal);
        if (isOurs && assembly.GetName().Version < name.Version)
        {
            throw new ToolException(
                $"The project uses {name.Name} {name.Version}, and this tool has {assembly.GetName().Version}; update the tool with 'dotnet tool update FlowCompile.Tool'.",
                ExitCode.BadProject);
        }

        return assembly.GetName().Version >= name.Version ? assembly : null;
    }
}
