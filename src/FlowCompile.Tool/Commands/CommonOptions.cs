using System.CommandLine;

namespace FlowCompile.Tool.Commands;

/// <summary>Options that several verbs share.</summary>
internal static class CommonOptions
{
    public static Option<bool> Verbose { get; } = new("--verbose") { Description = "Show the stack of an error.", Recursive = true };

    public static Argument<string> Project() => new("project")
    {
        Description = "The project file, or the folder that holds it.",
        DefaultValueFactory = _ => ".",
    };

    public static Option<string?> Workflow() => new("--workflow", "-w") { Description = "The workflow's name; by default all workflows of the project.", HelpName = "name" };

    public static Option<string?> Configuration() => new("--configuration", "-c") { Description = "The build configuration, for example Release.", HelpName = "name" };

    public static Option<int?> Cases(string what)
    {
        var option = new Option<int?>("--cases") { Description = $"Use the first N {what} only.", HelpName = "N" };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && (!int.TryParse(result.Tokens[0].Value, out var count) || count < 1))
            {
                result.AddError($"--cases needs a number of 1 or more, not '{result.Tokens[0].Value}'.");
            }
        });
        return option;
    }

    public static Option<string?> Store() => new("--store") { Description = "The profile store; by default .flowcompile/<workflow>.profile.db beside the project.", HelpName = "file" };

    public static Option<string?> Plan() => new("--plan") { Description = "The plan file; by default <workflow>.flowplan.json beside the project.", HelpName = "file" };

    public static Option<bool> Json() => new("--json") { Description = "Write the result as JSON on standard output." };
}
