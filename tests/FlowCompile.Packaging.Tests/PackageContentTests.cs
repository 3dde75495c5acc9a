using System.IO.Compression;
using System.Reflection.PortableExecutable;
using System.Text.Json;
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

    private static readonly string[] s_tools = [Tool(PackedPackages.Platform), Tool(PackedPackages.PlatformWithoutSolver)];

    [Fact]
    public void There_is_a_package_for_everything_that_users_install() => Assert.Equal(
        [
            "FlowCompile", "FlowCompile.Models.GenAI", "FlowCompile.Models.Onnx", "FlowCompile.Models.OpenAI", "FlowCompile.Models.Replay", "FlowCompile.Scoring", "FlowCompile.Tool",
            .. s_tools.Order(StringComparer.Ordinal),
        ],
        packages.Ids);

    [Fact]
    public void Every_package_says_what_it_is_and_under_which_licence() => Assert.All(packages.Ids, id =>
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
    });

    [Theory]
    [InlineData("FlowCompile")]
    [InlineData("FlowCompile.Models.Onnx", "FlowCompile", "Google.Protobuf", "Microsoft.ML.OnnxRuntime.Managed", "Microsoft.ML.Tokenizers")]
    [InlineData("FlowCompile.Models.GenAI", "FlowCompile.Models.Onnx", "Google.Protobuf", "Microsoft.ML.OnnxRuntime.Managed", "Microsoft.ML.OnnxRuntimeGenAI.Managed", "Microsoft.ML.Tokenizers")]
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
    public void The_tool_depends_on_no_package() => Assert.All(["FlowCompile.Tool", .. s_tools], id =>
    {
        using var package = packages.Open(id);

        Assert.DoesNotContain(Nuspec(package).Descendants(), element => element.Name.LocalName == "dependency");
    });

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
        using var tool = packages.Open(Tool(PackedPackages.Platform));

        Assert.Equal(
            ["FlowCompile", "Google.Protobuf", "Microsoft.ML.OnnxRuntime.Managed", "Microsoft.ML.Tokenizers"],
            Nuspec(onnx).Descendants().Where(element => element.Name.LocalName == "dependency").Select(element => (string)element.Attribute("id")!)
                .Where(id => !id.StartsWith("Microsoft.Extensions.", StringComparison.Ordinal)).Distinct().Order(StringComparer.Ordinal));
        Assert.DoesNotContain(Entries(onnx), entry => entry.StartsWith("runtimes/", StringComparison.Ordinal));
        Assert.Contains($"tools/net10.0/{PackedPackages.Platform}/Microsoft.ML.OnnxRuntime.dll", Entries(tool));
        Assert.DoesNotContain(Entries(tool), entry => Path.GetFileName(entry) is "onnxruntime.dll" or "libonnxruntime.so" or "libonnxruntime.dylib");
    }

    [Fact]
    public void The_package_that_users_name_leads_to_one_for_each_platform()
    {
        using var package = packages.Open("FlowCompile.Tool");
        using var settings = package.GetEntry("tools/any/any/DotnetToolSettings.xml")!.Open();

        Assert.Equal(s_tools, XDocument.Load(settings).Descendants("RuntimeIdentifierPackage").Select(platform => (string)platform.Attribute("Id")!));
        Assert.DoesNotContain(Entries(package), entry => entry.EndsWith(".dll", StringComparison.Ordinal));
    }

    [Fact]
    public void The_tool_of_a_platform_is_below_60_MB_and_brings_native_libraries_of_that_platform_alone() => Assert.All([PackedPackages.Platform, PackedPackages.PlatformWithoutSolver], platform =>
    {
        using var tool = packages.Open(Tool(platform));
        var inside = $"tools/net10.0/{platform}/";
        var files = Entries(tool).Where(entry => entry.StartsWith(inside, StringComparison.Ordinal)).Select(entry => entry[inside.Length..]).ToList();
        var natives = tool.Entries.Where(entry => files.Contains(entry.FullName.Replace(inside, "", StringComparison.Ordinal)) && IsNative(entry)).ToList();

        Assert.InRange(new FileInfo(packages.PathOf(Tool(platform))).Length, 1_000_000, 60_000_000);
        Assert.Contains("dotnet-flowcompile.dll", files);
        Assert.Contains("THIRD-PARTY-NOTICES.txt", files);
        Assert.DoesNotContain(files, file => file.StartsWith("runtimes/", StringComparison.Ordinal) || file.StartsWith("FlowCompile", StringComparison.Ordinal) && file.EndsWith(".xml", StringComparison.Ordinal));
        Assert.Single(natives, native => Path.GetFileNameWithoutExtension(native.Name) is "libe_sqlite3" or "e_sqlite3");
        Assert.Equal(platform != PackedPackages.PlatformWithoutSolver ? 1 : 0, natives.Count(native => native.Name.StartsWith("google-ortools-native.", StringComparison.Ordinal)));
        Assert.All(natives, native => Assert.StartsWith(native.Name.EndsWith(".dll", StringComparison.Ordinal) ? "win-" : native.Name.EndsWith(".dylib", StringComparison.Ordinal) ? "osx-" : "linux-", platform, StringComparison.Ordinal));
    });

    // What restore found for every platform, of which the tests pack two: an update of OR-Tools may bring a platform or drop one, and docs/packages.md says which there are.
    [Fact]
    public void OrTools_has_native_libraries_for_five_of_the_platforms_and_SQLite_for_all()
    {
        using var assets = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(PackedPackages.Repository, "src", "FlowCompile.Tool", "obj", "project.assets.json")));
        var natives = assets.RootElement.GetProperty("targets").EnumerateObject().Where(target => target.Name.Contains('/', StringComparison.Ordinal)).ToDictionary(
            target => target.Name.Split('/')[1],
            target => target.Value.EnumerateObject()
                .SelectMany(library => library.Value.TryGetProperty("native", out var group) ? group.EnumerateObject().Select(file => file.Name) : [])
                .Where(file => file.StartsWith($"runtimes/{target.Name.Split('/')[1]}/", StringComparison.Ordinal)).Select(file => Path.GetFileNameWithoutExtension(file)!).ToHashSet());

        Assert.Equal(
            ["linux-arm", "linux-arm64", "linux-musl-arm", "linux-musl-arm64", "linux-musl-x64", "linux-x64", "osx-arm64", "osx-x64", "win-arm64", "win-x64", "win-x86"],
            natives.Where(platform => platform.Value.Overlaps(["libe_sqlite3", "e_sqlite3"])).Select(platform => platform.Key).Order(StringComparer.Ordinal));
        Assert.Equal(
            ["linux-arm64", "linux-x64", "osx-arm64", "osx-x64", "win-x64"],
            natives.Where(platform => platform.Value.Contains("google-ortools-native")).Select(platform => platform.Key).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Packed_again_a_package_is_the_same_to_the_byte()
    {
        var again = packages.CreateFolder("again");

        await packages.PackAsync(Path.Combine(PackedPackages.Repository, "src", "FlowCompile", "FlowCompile.csproj"), again);

        Assert.Equal(File.ReadAllBytes(packages.PathOf("FlowCompile")), File.ReadAllBytes(Directory.GetFiles(again).Single()));
    }

    private static string Tool(string platform) => $"FlowCompile.Tool.{platform}";

    // An assembly of .NET has metadata; a native library has none.
    private static bool IsNative(ZipArchiveEntry entry)
    {
        if (!entry.Name.EndsWith(".dll", StringComparison.Ordinal))
        {
            return entry.Name.EndsWith(".dylib", StringComparison.Ordinal) || entry.Name.EndsWith(".so", StringComparison.Ordinal) || entry.Name.Contains(".so.", StringComparison.Ordinal);
        }

        using var content = new MemoryStream();
        using (var packed = entry.Open())
        {
            packed.CopyTo(content);
        }

        content.Position = 0;
        using var reader = new PEReader(content);
        return !reader.HasMetadata;
    }

    private static List<string> Entries(ZipArchive package) => [.. package.Entries.Select(entry => entry.FullName).Order(StringComparer.Ordinal)];

    private static XDocument Nuspec(ZipArchive package)
    {
        using var stream = package.Entries.Single(entry => entry.FullName.EndsWith(".nuspec", StringComparison.Ordinal)).Open();
        return XDocument.Load(stream);
    }

    private static string Value(XDocument nuspec, string name) => nuspec.Descendants().Single(element => element.Name.LocalName == name).Value;
}
