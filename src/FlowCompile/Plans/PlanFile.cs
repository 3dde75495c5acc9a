using FlowCompile.Files;
using FlowCompile.Graph;

namespace FlowCompile.Plans;

/// <summary>
/// Plan files, <c>&lt;workflow&gt;.flowplan.json</c>. Programs do not read them: the generator has made their content static data. They are
/// read by tools, and to take a plan over while a program runs.
/// </summary>
public static class PlanFile
{
    /// <summary>The end of a plan file's name, after the workflow's.</summary>
    public const string Extension = ".flowplan.json";

    /// <summary>Reads a plan.</summary>
    /// <param name="path">The file.</param>
    /// <param name="graph">The workflow's graph, which the plan must have been compiled for.</param>
    /// <exception cref="PlanException">There is no such file, it is no plan, or it is one for another graph; the message names the line.</exception>
    public static WorkflowPlan Read(string path, WorkflowGraph graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        return Parse(ReadBytes(path), graph, path);
    }

    /// <summary>Reads a plan as it stands, whatever graph it was compiled for.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="PlanException">There is no such file, or it is no plan; the message names the line.</exception>
    public static PlanDocument ReadDocument(string path) => new PlanDocumentReader(path).Read(ReadBytes(path));

    /// <summary>Reads a plan as it stands from the text of a file.</summary>
    /// <param name="utf8Json">The text.</param>
    /// <param name="file">The file's name, for messages.</param>
    /// <exception cref="PlanException">It is no plan; the message names the line.</exception>
    public static PlanDocument ParseDocument(byte[] utf8Json, string file)
    {
        ArgumentNullException.ThrowIfNull(utf8Json);
        return new PlanDocumentReader(file).Read(utf8Json);
    }

    /// <summary>Reads a plan from the text of a file.</summary>
    /// <param name="utf8Json">The text.</param>
    /// <param name="graph">The workflow's graph, which the plan must have been compiled for.</param>
    /// <param name="file">The file's name, for messages.</param>
    /// <exception cref="PlanException">It is no plan, or one for another graph; the message names the line.</exception>
    public static WorkflowPlan Parse(byte[] utf8Json, WorkflowGraph graph, string file)
    {
        ArgumentNullException.ThrowIfNull(utf8Json);
        ArgumentNullException.ThrowIfNull(graph);
        return new PlanReader(file, graph).Read(utf8Json);
    }

    /// <summary>The text of a plan's file: the same bytes for the same plan on every system.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="graph">The workflow's graph.</param>
    public static byte[] Serialize(WorkflowPlan plan, WorkflowGraph graph)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(graph);
        return PlanWriter.Write(plan, graph);
    }

    /// <summary>Writes a plan: the whole file or nothing. A file that is there and has the same content is left alone.</summary>
    /// <param name="path">The file.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="graph">The workflow's graph.</param>
    /// <returns>Whether the file changed.</returns>
    /// <exception cref="PlanException">The file cannot be written.</exception>
    public static bool Write(string path, WorkflowPlan plan, WorkflowGraph graph)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var json = Serialize(plan, graph);
        var temporary = $"{path}.{Environment.ProcessId}.tmp";
        try
        {
            if (File.Exists(path) && File.ReadAllBytes(path).AsSpan().SequenceEqual(json))
            {
                return false;
            }

            File.WriteAllBytes(temporary, json);
            File.Move(temporary, path, overwrite: true);
            return true;
        }
        catch (DirectoryNotFoundException e)
        {
            throw new PlanException(path, null, $"the plan cannot be written: there is no folder '{Path.GetDirectoryName(Path.GetFullPath(path))}'; create it, or name another file", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            TryDelete(temporary);
            throw new PlanException(path, null, $"the plan cannot be written ({e.Message.Replace(temporary, path, StringComparison.Ordinal)})", e);
        }
    }

    /// <summary>
    /// A plan that takes the place of a file, with what that says and no compiler wrote: members that this version does not know,
    /// <c>$schema</c> among them, and the names and unknown members of configurations that both have.
    /// </summary>
    /// <param name="path">The file. Where there is none, or it is no plan, the plan stays as it is.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="graph">The workflow's graph.</param>
    public static WorkflowPlan InPlaceOf(string path, WorkflowPlan plan, WorkflowGraph graph)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(graph);
        try
        {
            return File.Exists(path) ? plan.Keeping(ReadDocument(path), graph) : plan;
        }
        catch (PlanException)
        {
            return plan;
        }
    }

    /// <summary>
    /// Refuses a file that a plan must not take the place of: a plan of a newer version, which may say what this version would lose, and a file that
    /// is no plan, which somebody named by mistake. A plan of this version or an older one, whatever is wrong with its content, an empty file and no
    /// file at all may be replaced.
    /// </summary>
    /// <param name="path">The file that a plan is going to be written to.</param>
    /// <exception cref="PlanException">The file must stay as it is; the message says why, and what to do.</exception>
    public static void CheckReplaceable(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (File.Exists(path))
        {
            PlanReplacement.Check(path, ReadBytes(path));
        }
    }

    internal static byte[] ReadBytes(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            return InputFile.ReadAll(path, PlanFormat.MaxBytes);
        }
        catch (FileKindException e)
        {
            throw new PlanException(path, null, e.Message, e);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new PlanException(path, null, "there is no such plan; run 'flowcompile profile' first", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PlanException(path, null, $"it cannot be read ({e.Message})", e);
        }
    }

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The error that is being reported is the one that matters.
        }
    }
}
