using System.IO.Compression;
using System.Xml.Linq;
using FlowCompile.Packaging.Tests.Harness;

namespace FlowCompile.Packaging.Tests;

/// <summary>What is in the packages.</summary>
[Collection(SharedPackages.Name)]
public class PackageContentTests(PackedPackages packages)
{
    private static readonly string[] s_extensions =
    [
        "Microsoft.Extensions.AI.Abstractions", "Microsoft.Extensions.DependencyInjection.Abstractions", "Microsoft.Extensions.Logging.Abstractions", "Microsoft.Extensions.Options",
    ];

    [Fact]
    public void There_is_a_package_for_everything_that_users_install() => Assert.Equal(
        ["FlowCompile", "FlowCompile.Models.Onnx", "FlowCompile.Models.OpenAI", "FlowCompile.Models.Replay", "FlowCompile.Scoring", "FlowCompile.Tool"], packages.Ids);

    [Theory]
    [InlineData("FlowCompile")]
    [InlineData("FlowCompile.Models.Onnx")]
    [InlineData("FlowCompile.Models.OpenAI")]
    [InlineData("FlowCompile.Models.Replay")]
    [InlineData("FlowCompile.Scoring")]
    [InlineData("FlowCompile.Tool")]
    public void Every_package_says_what_it_is_and_under_which_licence(string id)
    {
        using var package = packages.Open(id);
        var metadata = Nuspec(package);
        var entries = Entries(package);

        Assert.Contains("README.md", entries);
        Assert.Contains("LICENSE", entries);
        Assert.Equal("MIT", Value(metadata, "license"));
        Assert.Equal("README.md", Value(metadata, "readme"));
        Assert.NotEqual("", Value(metadata, "description"));
        Assert.StartsWith("https://", Value(metadata, "projectUrl"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("FlowCompile")]
    [InlineData("FlowCompile.Models.Onnx", "FlowCompile", "Google.Protobuf", "Microsoft.ML.OnnxRuntime.Managed", "Microsoft.ML.Tokenizers")]
    [InlineData("FlowCompile.Models.OpenAI", "FlowCompile", "OpenAI")]
    [InlineData("FlowCompile.Models.Replay", "FlowCompile")]
    public void A_package_depends_on_what_is_listed_and_on_the_extensions_that_the_library_is_built_on(string id, params string[] others)
    {
        using var package = packages.Open(id);

        var groups = Nuspec(package).Descendants().Where(element => element.Name.LocalName == "group").ToList();

        Assert.Equal(["net10.0", "net8.0"], groups.Select(group => (string?)group.Attribute("targetFramework")).Order(StringComparer.Ordinal));
        Assert.All(groups, group => Assert.Equal(
            [.. others.Concat(s_extensions).Order(StringComparer.Ordinal)],
            group.Elements().Select(dependency => (string)dependency.Attribute("id")!).Order(StringComparer.Ordinal)));
    }

    [Fact]
    public void The_tool_depends_on_no_package()
    {
        using var package = packages.Open("FlowCompile.Tool");

        Assert.DoesNotContain(Nuspec(package).Descendants(), element => element.Name.LocalName == "dependency");
    }

    [Fact]
    public void The_library_comes_with_generator_analyzers_and_fixes_and_with_the_pages_of_the_diagnostics()
    {
        using var package = packages.Open("FlowCompile");
        var entries = Entries(package);

        Assert.Equal(
            ["analyzers/dotnet/cs/FlowCompile.Analyzers.dll", "analyzers/dotnet/cs/FlowCompile.CodeFixes.dll", "analyzers/dotnet/cs/FlowCompile.Generators.dll"],
            entries.Where(entry => entry.StartsWith("analyzers/", StringComparison.Ordinal)));
        Assert.Equal(
            ["lib/net10.0/FlowCompile.dll", "lib/net10.0/FlowCompile.xml", "lib/net8.0/FlowCompile.dll", "lib/net8.0/FlowCompile.xml"],
            entries.Where(entry => entry.StartsWith("lib/", StringComparison.Ordinal)));
        Assert.Contains("build/FlowCompile.targets", entries);
        Assert.Contains("buildTransitive/FlowCompile.targets", entries);
        Assert.Contains("docs/diagnostics/FC0001.md", entries);
        Assert.DoesNotContain(Nuspec(package).Descendants().Where(element => element.Name.LocalName == "dependency"), dependency => ((string)dependency.Attribute("id")!).StartsWith("FlowCompile", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("FlowCompile.Models.Onnx")]
    [InlineData("FlowCompile.Models.OpenAI")]
    [InlineData("FlowCompile.Models.Replay")]
    public void A_model_package_brings_the_library_with_its_analyzers(string id)
    {
        using var package = packages.Open(id);

        var dependencies = Nuspec(package).Descendants().Where(element => element.Name.LocalName == "dependency" && (string?)element.Attribute("id") == "FlowCompile").ToList();

        Assert.Equal(2, dependencies.Count);
        Assert.All(dependencies, dependency =>
        {
            Assert.Equal(packages.Version, (string?)dependency.Attribute("version"));
            Assert.DoesNotContain("Analyzers", (string?)dependency.Attribute("exclude") ?? "", StringComparison.Ordinal);
        });
    }

    [Fact]
    public void The_scorers_need_no_other_package()
    {
        using var package = packages.Open("FlowCompile.Scoring");

        Assert.Equal(
            ["lib/net10.0/FlowCompile.Scoring.dll", "lib/net10.0/FlowCompile.Scoring.xml", "lib/net8.0/FlowCompile.Scoring.dll", "lib/net8.0/FlowCompile.Scoring.xml"],
            Entries(package).Where(entry => entry.StartsWith("lib/", StringComparison.Ordinal)));
        Assert.DoesNotContain(Nuspec(package).Descendants(), element => element.Name.LocalName == "dependency");
    }

    [Fact]
    public void Models_in_process_bring_the_managed_part_of_ONNX_Runtime_and_leave_the_native_library_to_the_application()
    {
        using var onnx = packages.Open("FlowCompile.Models.Onnx");
        using var tool = packages.Open("FlowCompile.Tool");

        Assert.Equal(
            ["FlowCompile", "Google.Protobuf", "Microsoft.ML.OnnxRuntime.Managed", "Microsoft.ML.Tokenizers"],
            Nuspec(onnx).Descendants().Where(element => element.Name.LocalName == "dependency").Select(element => (string)element.Attribute("id")!)
                .Where(id => !id.StartsWith("Microsoft.Extensions.", StringComparison.Ordinal)).Distinct().Order(StringComparer.Ordinal));
        Assert.DoesNotContain(Entries(onnx), entry => entry.StartsWith("runtimes/", StringComparison.Ordinal));
        Assert.Contains("tools/net10.0/any/Microsoft.ML.OnnxRuntime.dll", Entries(tool));
        Assert.DoesNotContain(Entries(tool), entry => Path.GetFileName(entry) is "onnxruntime.dll" or "libonnxruntime.so" or "libonnxruntime.dylib");
        Assert.Contains("tools/net10.0/any/THIRD-PARTY-NOTICES.txt", Entries(tool));
    }

    [Fact]
    public void The_tool_brings_OrTools_for_every_platform_that_it_is_for_and_nothing_for_phones_and_browsers()
    {
        using var tool = packages.Open("FlowCompile.Tool");
        var natives = Entries(tool).Where(entry => entry.StartsWith("tools/net10.0/any/runtimes/", StringComparison.Ordinal)).Select(entry => entry.Split('/')).ToList();

        Assert.Equal(
            ["linux-arm64", "linux-x64", "osx-arm64", "osx-x64", "win-x64"],
            natives.Where(path => path[^1].StartsWith("google-ortools-native.", StringComparison.Ordinal)).Select(path => path[4]).Order(StringComparer.Ordinal));
        Assert.All(natives, path => Assert.Matches("^(win-(x64|x86|arm64)|linux-(musl-)?(x64|arm64|arm)|osx-(x64|arm64))$", path[4]));
    }

    [Fact]
    public async Task Packed_again_a_package_is_the_same_to_the_byte()
    {
        var again = packages.CreateFolder("again");

        await packages.PackAsync(Path.Combine(PackedPackages.Repository, "src", "FlowCompile", "FlowCompile.csproj"), again);

        Assert.Equal(File.ReadAllBytes(packages.PathOf("FlowCompile")), File.ReadAllBytes(Directory.GetFiles(again).Single()));
    }

    private static List<string> Entries(ZipArchive package) => [.. package.Entries.Select(entry => entry.FullName).Order(StringComparer.Ordinal)];

    private static XDocument Nuspec(ZipArchive package)
    {
        using var stream = package.Entries.Single(entry => entry.FullName.EndsWith(".nuspec", StringComparison.Ordinal)).Open();
        return XDocument.Load(stream);
    }

    private static string Value(XDocument nuspec, string name) => nuspec.Descendants().Single(element => element.Name.LocalName == name).Value;
}
