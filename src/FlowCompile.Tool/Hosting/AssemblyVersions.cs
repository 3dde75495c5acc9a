using System.Diagnostics;
using System.Reflection;

namespace FlowCompile.Tool.Hosting;

/// <summary>Reads versions out of assemblies, without loading them.</summary>
internal static class AssemblyVersions
{
    /// <summary>The version of an assembly; <see langword="null"/> where the file is none.</summary>
    public static Version? TryRead(string file)
    {
        try
        {
            return AssemblyName.GetAssemblyName(file).Version ?? new Version(0, 0, 0, 0);
        }
        catch (Exception error) when (error is BadImageFormatException or FileLoadException or IOException)
        {
            return null;
        }
    }

    /// <summary>The versions by which two copies of an assembly are told apart: that of the assembly, then that of the file.</summary>
    public static (Version Assembly, Version File) Of(DependencyAsset asset) => (
        Version.TryParse(asset.AssemblyVersion, out var assembly) ? assembly : TryRead(asset.FullPath) ?? new Version(0, 0, 0, 0),
        Version.TryParse(asset.FileVersion ?? FileVersionInfo.GetVersionInfo(asset.FullPath).FileVersion, out var file) ? file : new Version(0, 0, 0, 0));
}
