using FlowCompile.Packaging.Tests.Harness;
using FlowCompile.Tool.Tests;

namespace FlowCompile.Packaging.Tests;

/// <summary>
/// A class library on the packages, with the newest packages of the platform beside them, types in another library, and a workflow that routes by an enum and
/// hands records, lists and nested classes on: measured by the installed tool on recorded calls.
/// </summary>
[Collection(SharedPackages.Name)]
public class NewestPackagesTests(PackedPackages packages)
{
    [Fact]
    public async Task A_class_library_is_profiled_in_its_own_dependencies()
    {
        using var files = new DeskFiles(packages.CreateFolder("Newest"));
        files.WriteProject("Rules/Rules.csproj", "<TargetFramework>net10.0</TargetFramework>", "<ItemGroup><PackageReference Include=\"Microsoft.Extensions.Primitives\" Version=\"11.0.0\" /></ItemGroup>");
        files.Write("Rules/Rule.cs", """
            using Microsoft.Extensions.Primitives;

            namespace Rules;

            public static class Rule
            {
                public static string Clean(string text) => string.Join(' ', new StringTokenizer(text, [' ']).Select(part => part.Value));
            }
            """);
        files.WriteProject("Desk/Desk.csproj", "<TargetFramework>net10.0</TargetFramework>", $"""
            <ItemGroup>
              <ProjectReference Include="../Rules/Rules.csproj" />
              <PackageReference Include="FlowCompile.Models.Replay" Version="{packages.Version}" />
              <PackageReference Include="Microsoft.Extensions.AI" Version="10.11.0" />
              <PackageReference Include="Microsoft.Extensions.DependencyInjection" Version="11.0.0" />
              <PackageReference Include="Microsoft.Extensions.Logging" Version="11.0.0" />
              <PackageReference Include="Microsoft.Extensions.Options" Version="11.0.0" />
              <PackageReference Include="System.Text.Json" Version="11.0.0" />
            </ItemGroup>
            """);
        files.WriteWorkflow("Desk", probe: "typeof(Microsoft.Extensions.Options.Options).Assembly.GetName().Version!.Major == 11 ? Rules.Rule.Clean(text) : throw new InvalidOperationException()");
        var folder = files.PathOf("Desk");
        await CommandLine.DotnetAsync(folder, "new", "tool-manifest");
        await CommandLine.DotnetAsync(folder, "tool", "install", "FlowCompile.Tool", "--version", packages.Version);

        var profiled = await CommandLine.DotnetAsync(folder, "flowcompile", "profile");

        Assert.DoesNotContain("warning", profiled, StringComparison.Ordinal);
        Assert.Contains("configurations are on the frontier", profiled, StringComparison.Ordinal);
        Assert.Contains("ccuracy\": 1,", File.ReadAllText(files.PathOf("Desk/desk.flowplan.json")), StringComparison.Ordinal);
    }
}
