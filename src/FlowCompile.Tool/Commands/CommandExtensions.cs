using System.CommandLine;

namespace FlowCompile.Tool.Commands;

/// <summary>Lets a verb list what it takes in the order of its help.</summary>
internal static class CommandExtensions
{
    public static void Add(this Command command, ProjectOptions project)
    {
        command.Add(project.Project);
        command.Add(project.Workflow);
        command.Add(project.Configuration);
        command.Add(project.Framework);
        command.Add(project.Properties);
        command.Add(project.NoBuild);
    }
}
