using FlowCompile.Plans;

namespace FlowCompile.Compilation;

/// <summary>A plan that was compiled by the published system, in this one's terms.</summary>
public sealed record PublishedPlan
{
    /// <summary>The plan: the frontier among the configurations that could be taken over.</summary>
    public required WorkflowPlan Plan { get; init; }

    /// <summary>How many configurations the file holds.</summary>
    public required int Configurations { get; init; }

    /// <summary>How many were left out because another is at least as accurate and as fast; the published system keeps some of them.</summary>
    public required int Dominated { get; init; }

    /// <summary>How many were left out because they pay for a call whose output nobody reads.</summary>
    public required int WithDeadCalls { get; init; }

    /// <summary>Reads a <c>flowcompile.compiled.v2</c> file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="names">Which sub-agent is which agent.</param>
    /// <param name="options">How to read it; <see langword="null"/> for the defaults.</param>
    /// <exception cref="CompileException">The file is missing or says something that cannot be; the message names the line.</exception>
    public static PublishedPlan Read(string path, AgentNames names, ImportOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(names);
        return new PublishedPlanReader(path, names, options ?? new ImportOptions()).Read(ImportFile.ReadAll(path));
    }
}
