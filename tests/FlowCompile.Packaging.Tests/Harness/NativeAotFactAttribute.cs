namespace FlowCompile.Packaging.Tests.Harness;

/// <summary>A test that compiles to native code. Without what links such a program it is skipped.</summary>
public sealed class NativeAotFactAttribute : FactAttribute
{
    private static readonly string[] s_linkers = ["clang", "gcc"];

    public NativeAotFactAttribute()
    {
        if (!OperatingSystem.IsLinux())
        {
            Skip = "The linker of Native AOT is part of a large installation on this system; on Linux it is a package.";
        }
        else if (!(Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => s_linkers.Any(linker => File.Exists(Path.Combine(folder, linker)))))
        {
            Skip = "Native AOT links with clang or gcc, and there is neither: install clang and zlib1g-dev, or what the distribution calls them.";
        }
    }
}
