using System.Diagnostics;
using System.Globalization;
using FlowCompile.Packaging.Tests.Harness;
using Xunit.Abstractions;

namespace FlowCompile.Packaging.Tests;

/// <summary>
/// Programs on the packages, published with Native AOT without a warning of the trimmer: the WordMath sample for .NET 8, with models that really run, and one with a large plan for
/// .NET 10.
/// </summary>
/// <remarks>
/// They print the size of the program and how long it takes. With the environment variable <c>FLOWCOMPILE_STARTS=20</c> it is
/// started that often, and the medians are printed; the figures of docs/packages.md come from that.
/// </remarks>
[Collection(SharedPackages.Name)]
public class NativeAotTests(PackedPackages packages, ITestOutputHelper output)
{
    // .NET 8 is the oldest that the libraries serve: C# 12, and the compiler of that release.
    private const string Oldest = "net8.0", Newest = "net10.0";

    [NativeAotFact]
    public async Task The_sample_is_published_without_a_warning_and_runs()
    {
        var folder = packages.CreateFolder("Aot");
        SampleFiles.CopyTo(folder, withPlan: true);
        SampleFiles.AddStartOnly(folder);

        var program = await PublishAsync(folder, Oldest, $"""
            <PackageReference Include="FlowCompile" Version="{packages.Version}" />
            <PackageReference Include="FlowCompile.Models.Onnx" Version="{packages.Version}" />
            <PackageReference Include="Microsoft.ML.OnnxRuntime" Version="{PackedPackages.OnnxRuntimeVersion}" />
            <None Include="models/*/*" CopyToPublishDirectory="PreserveNewest" />
            """);

        var ran = await CommandLine.RunAsync(Path.Combine(folder, "published"), program);
        Assert.Contains("ann has 21 books", ran, StringComparison.Ordinal);

        // The plan is compiled in, and the models answer.
        Assert.Contains("=mini-int8@", ran, StringComparison.Ordinal);
        Assert.Contains(" 42 ", ran, StringComparison.Ordinal);

        await ReportAsync(folder, program, SampleFiles.StartOnly);
    }

    [NativeAotFact]
    public async Task A_program_with_400_configurations_is_published_for_the_newest_framework_without_a_warning_and_chooses_among_them()
    {
        var folder = packages.CreateFolder("AotNewest");
        LargePlanFiles.WriteTo(folder, configurations: 400);

        var program = await PublishAsync(folder, Newest, $"""<PackageReference Include="FlowCompile" Version="{packages.Version}" />""");

        // Configuration i of the plan is right with 0.5 + i / 1000 and takes i + 1 milliseconds, on a model that answers with its name.
        Assert.Equal(["400", "c0 m0", "c200 m200", "c49 m49", "c399 m399"], (await CommandLine.RunAsync(folder, program)).Split('\n', StringSplitOptions.RemoveEmptyEntries));
        await ReportAsync(folder, program);
    }

    private static async Task<string> PublishAsync(string folder, string framework, string items)
    {
        // The packages of the AOT compiler are large: they go into the machine's own folder, as any project's would.
        var machine = Directory.CreateTempSubdirectory("flowcompile-aot");
        try
        {
            File.WriteAllText(Path.Combine(machine.FullName, "Aot.csproj"), Project(framework, ""));
            await CommandLine.DotnetAsync(machine.FullName, "restore", "--nologo");
        }
        finally
        {
            machine.Delete(recursive: true);
        }

        File.WriteAllText(Path.Combine(folder, "Aot.csproj"), Project(framework, items));
        var published = await CommandLine.DotnetAsync(folder, "publish", "--nologo", "-o", "published");
        Assert.DoesNotContain("warning", published, StringComparison.OrdinalIgnoreCase);
        return Path.Combine(folder, "published", "Aot");
    }

    private async Task ReportAsync(string folder, string program, params string[] arguments)
    {
        var starts = int.Parse(Environment.GetEnvironmentVariable("FLOWCOMPILE_STARTS") ?? "1", CultureInfo.InvariantCulture);
        var times = new List<double>();
        for (var i = 0; i < starts; i++)
        {
            var start = Stopwatch.GetTimestamp();
            await CommandLine.RunAsync(folder, program, arguments);
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        times.Sort();
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"program {new FileInfo(program).Length / 1048576.0:0.0} MB; from start to end: {times[times.Count / 2]:0} ms (median of {times.Count})"));
    }

    private static string Project(string framework, string items) => $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <TargetFramework>{framework}</TargetFramework>
            <OutputType>Exe</OutputType>
            <ImplicitUsings>enable</ImplicitUsings>
            <Nullable>enable</Nullable>
            <PublishAot>true</PublishAot>
            <InvariantGlobalization>true</InvariantGlobalization>
            <RuntimeIdentifier>$(NETCoreSdkRuntimeIdentifier)</RuntimeIdentifier>
          </PropertyGroup>
          <ItemGroup>
            {items}
          </ItemGroup>
        </Project>
        """;
}
