namespace FlowCompile.Generators.Diagnostics;

/// <summary>Makes the descriptors: every one has a page of its own under <c>docs/diagnostics</c>.</summary>
internal static class DescriptorHelper
{
    private const string Pages = "https://github.com/flowcompile/flowcompile/blob/main/docs/diagnostics/";

    public static string HelpLink(string id) => Pages + id + ".md";
}
