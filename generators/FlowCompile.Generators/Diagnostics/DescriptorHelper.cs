using System.Reflection;

namespace FlowCompile.Generators.Diagnostics;

/// <summary>Makes the descriptors: every one has a page of its own under <c>docs/diagnostics</c>.</summary>
internal static class DescriptorHelper
{
    // The project's properties say where the repository is.
    private static readonly string s_repository = typeof(DescriptorHelper).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().First(metadata => metadata.Key == "RepositoryUrl").Value ?? "";

    public static string HelpLink(string id) => $"{s_repository}/blob/main/docs/diagnostics/{id}.md";
}
