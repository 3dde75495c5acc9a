using System.CommandLine;
using FlowCompile.Tool.Projects;

namespace FlowCompile.Tool.Commands;

/// <summary>The argument and the options that say which workflows of which project a verb works on.</summary>
internal sealed class ProjectOptions
{
    public Argument<string?> Project { get; } = new("project")
    {
        Description = "The project file, or the folder that holds it; by default the current folder.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    public Option<string?> Workflow { get; } = new("--workflow", "-w") { Description = "The workflow's name; by default all workflows of the project.", HelpName = "name" };

    public Option<string?> Configuration { get; } = new("--configuration", "-c") { Description = "The build configuration, for example Release.", HelpName = "name" };

    public Option<string?> Framework { get; } = new("--framework", "-f") { Description = "The target framework, where the project has several; by default the newest.", HelpName = "name" };

    public Option<string[]> Properties { get; } = new("--property", "-p") { Description = "A property for the build; may be repeated.", HelpName = "Name=Value", Arity = ArgumentArity.OneOrMore };

    public Option<bool> NoBuild { get; } = new("--no-build") { Description = "Use what was built last; nothing is built." };

    /// <summary>The project that a command line asks for.</summary>
    public ProjectRequest Request(ParseResult result) => new(result.GetValue(Project) ?? ".")
    {
        Configuration = result.GetValue(Configuration),
        Framework = result.GetValue(Framework),
        Properties = result.GetValue(Properties) ?? [],
        NoBuild = result.GetValue(NoBuild),
    };
}
