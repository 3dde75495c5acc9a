using System.Runtime.InteropServices;

namespace FlowCompile.Profiling;

/// <summary>What a path leads to, links followed. Opening what is no file may wait for somebody at its other end, or do something to a device.</summary>
internal static partial class FileKind
{
    private const int CurrentFolder = -100;
    private const uint TypeMask = 0x1;
    private const int ModeOffset = 28;
    private const int TypeBits = 0xF000;

    /// <summary>The name of what is there where that is no file: a folder, a pipe, a device, a socket.</summary>
    /// <param name="path">The path.</param>
    /// <returns>The name; <see langword="null"/> for a file, for nothing, and where this system does not tell.</returns>
    public static string? OtherThanFile(string path)
    {
        if (Directory.Exists(path))
        {
            return "a folder";
        }

        return !OperatingSystem.IsLinux() || ModeOf(path) is not { } mode ? null : (mode & TypeBits) switch
        {
            0x1000 => "a named pipe",
            0x2000 or 0x6000 => "a device",
            0xC000 => "a socket",
            _ => null,
        };
    }

    // Of all that tells the type of a file, statx alone has one layout on all processors.
    private static int? ModeOf(string path)
    {
        Span<byte> status = stackalloc byte[256];
        try
        {
            return StatX(CurrentFolder, path, 0, TypeMask, status) == 0 ? MemoryMarshal.Read<ushort>(status[ModeOffset..]) : null;
        }
        catch (EntryPointNotFoundException)
        {
            return null; // a library of the system that is older than the call
        }
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int StatX(int folder, string path, int flags, uint mask, Span<byte> status);
}
