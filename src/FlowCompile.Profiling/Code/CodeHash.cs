using System.Reflection;

namespace FlowCompile.Profiling;

/// <summary>
/// The hash of what a method does: its instructions, its async state machine and lambdas, the methods of the same assembly that it
/// calls, and the initial values of the fields that it reads, transitively. An edit elsewhere in the assembly leaves it as it is; other
/// assemblies count by name only. The hash belongs to a build configuration: debug and release code differ. It stands in where the build
/// left no hash of the source.
/// </summary>
public static class CodeHash
{
    private const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.FlattenHierarchy;

    /// <summary>Hashes a method.</summary>
    /// <param name="method">The method.</param>
    /// <returns>64 hexadecimal digits.</returns>
    public static string Of(MethodInfo method)
    {
        ArgumentNullException.ThrowIfNull(method);
        return ContentHash.OfText(new CodeText(method.Module.Assembly).Write(method));
    }

    /// <summary>Hashes the method behind a node of a workflow.</summary>
    /// <param name="workflow">The workflow's class.</param>
    /// <param name="node">The node's name.</param>
    /// <returns>64 hexadecimal digits.</returns>
    /// <exception cref="ProfileException">The class has no such method.</exception>
    public static string OfNode(Type workflow, string node)
    {
        ArgumentNullException.ThrowIfNull(workflow);
        var methods = workflow.GetMethods(All).Where(method => method.Name == node).ToList();
        var method = methods.Find(IsNode) ?? methods.FirstOrDefault();
        return method is not null
            ? Of(method)
            : throw new ProfileException($"The class {workflow.FullName} has no method '{node}', which its graph names; build the project again.");
    }

    /// <summary>Hashes the score methods of a workflow.</summary>
    /// <param name="workflow">The workflow's class.</param>
    /// <returns>64 hexadecimal digits.</returns>
    public static string OfScores(Type workflow)
    {
        ArgumentNullException.ThrowIfNull(workflow);
        var scores = workflow.GetMethods(All)
            .Where(method => method.IsDefined(typeof(ScoreAttribute)))
            .OrderBy(method => method.Name, StringComparer.Ordinal)
            .Select(method => method.GetCustomAttribute<ScoreAttribute>()!.Node + "=" + Of(method));
        return ContentHash.Of(["scores-1", .. scores]);
    }

    private static bool IsNode(MethodInfo method) => method.IsDefined(typeof(SubAgentAttribute)) || method.IsDefined(typeof(ToolAttribute));
}
