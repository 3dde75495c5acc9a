using System.Diagnostics;
using System.Globalization;
using FlowCompile.Packaging.Tests.Harness;
using Xunit.Abstractions;

namespace FlowCompile.Packaging.Tests;

/// <summary>The WordMath sample on the packages, published with Native AOT: no warning of the trimmer, and the models really run.</summary>
/// <remarks>
/// It prints the size of the program and how long it takes to start. With the environment variable <c>FLOWCOMPILE_STARTS=20</c> it is
/// started that often, and the medians are printed; the figures of docs/packages.md come from that.
/// </remarks>
[Collection(SharedPackages.Name)]
public class NativeAotTests(PackedPackages packages, ITestOutputHelper output)
{
    // .NET 8 is the oldest that the libraries serve: C# 12, and the compiler of that release.
    private const string Framework = "net8.0";

    [Fact]
    public async Task The_sample_is_published_without_a_warning_and_runs()
    {
        if (!OperatingSystem.IsLinux())
        {
            return; // The linker that it needs is there on Linux; elsewhere it is a large installation.
        }

        // The packages of the AOT compiler are large: they go into the machine's own folder, as any project's would.
        var machine = Directory.CreateTempSubdirectory("flowcompile-aot");
        try
        {
            File.WriteAllText(Path.Combine(machine.FullName, "Aot.csproj"), Project(""));
            await CommandLine.DotnetAsync(machine.FullName, "restore", "--nologo");
        }
        finally
        {
            machine.Delete(recursive: true);
        }

        var folder = packages.CreateFolder("Aot");
        SampleFiles.CopyTo(folder, withPlan: true);
        SampleFiles.AddStartOnly(folder);
        File.WriteAllText(Path.Combine(folder, "Aot.csproj"), Project($"""
            <PackageReference Include="FlowCompile" Version="{packages.Version}" />
            <PackageReference Include="FlowCompile.Models.Onnx" Version="{packages.Version}" />
            <PackageReference Include="Microsoft.ML.OnnxRuntime" Version="{PackedPackages.OnnxRuntimeVersion}" />
            <None Include="flowcompile.json;models/*/*" CopyToPublishDirectory="PreserveNewest" />
            """));

        var published = await CommandLine.DotnetAsync(folder, "publish", "--nologo", "-o", "published");
        Assert.DoesNotContain("warning", published, StringComparison.OrdinalIgnoreCase);

        var program = Path.Combine(folder, "published", "Aot");
        var ran = await CommandLine.RunAsync(Path.Combine(folder, "published"), program);
        Assert.Contains("ann has 21 books", ran, StringComparison.Ordinal);

        // The plan is compiled in, and the models answer.
        Assert.Contains("=mini@", ran, StringComparison.Ordinal);
        Assert.Contains(" 42 ", ran, StringComparison.Ordinal);

        await ReportAsync(folder, program);
    }

    private async Task ReportAsync(string folder, string program)
    {
        var starts = int.Parse(Environment.GetEnvironmentVariable("FLOWCOMPILE_STARTS") ?? "1", CultureInfo.InvariantCulture);
        var times = new List<double>();
        for (var i = 0; i < starts; i++)
        {
            var start = Stopwatch.GetTimestamp();
            await CommandLine.RunAsync(folder, program, SampleFiles.StartOnly);
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        times.Sort();
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"program {new FileInfo(program).Length / 1048576.0:0.0} MB; from start to end of a process that makes the workflow and runs nothing: {times[times.Count / 2]:0} ms (median of {times.Count})"));
    }

    private static string Project(string items) => $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <TargetFramework>{Framework}</TargetFramework>
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
