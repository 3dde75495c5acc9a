using FlowCompile.Generators.Diagnostics;

namespace FlowCompile.Generators.Parsing;

/// <summary>Reads the workflow's name.</summary>
internal static class NameParser
{
    public static string Parse(ParseContext context, AttributeFacts attribute)
    {
        var name = attribute.Text(0);
        if (name.Length == 0 || name.Length > 100 || name[0] == '.' || !name.All(IsAllowed))
        {
            context.Report(WorkflowDescriptors.BadName, attribute.ArgumentLocation(0, context.CancellationToken), name);
        }

        return name;
    }

    // What a file may be called on every system.
    private static bool IsAllowed(char c) => char.IsLetterOrDigit(c) || c is '-' or '_' or '.';
}
