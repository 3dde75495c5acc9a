using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace FlowCompile.Files;

/// <summary>Opens files on Linux, macOS and FreeBSD without waiting, which <see cref="File"/> cannot: it waits for somebody to write into a pipe.</summary>
internal static class PosixFile
{
    private const int NotPermitted = 1;
    private const int NoEntry = 2;
    private const int Interrupted = 4;
    private const int NoDeviceOrAddress = 6;
    private const int NoAccess = 13;
    private const int NotADirectory = 20;

    /// <summary>Opens a file for reading.</summary>
    /// <param name="path">The file.</param>
    public static SafeFileHandle Open(string path)
    {
        var name = Encoding.UTF8.GetBytes(Path.GetFullPath(path) + '\0');
        while (true)
        {
            var descriptor = open(name, Flags());
            if (descriptor >= 0)
            {
                return new SafeFileHandle(descriptor, ownsHandle: true);
            }

            var error = Marshal.GetLastPInvokeError();
            if (error != Interrupted)
            {
                throw Failure(error, path);
            }
        }
    }

    // O_RDONLY | O_NONBLOCK | O_CLOEXEC, which systems number differently.
    private static int Flags() => OperatingSystem.IsMacOS() || OperatingSystem.IsIOS() || OperatingSystem.IsMacCatalyst() || OperatingSystem.IsTvOS() ? 0x4 | 0x100_0000
        : OperatingSystem.IsFreeBSD() ? 0x4 | 0x10_0000
        : 0x800 | 0x8_0000;

    private static Exception Failure(int error, string path)
    {
        var reason = Marshal.GetPInvokeErrorMessage(error);
        return error switch
        {
            NoEntry or NotADirectory => new FileNotFoundException(reason, path),
            NotPermitted or NoAccess => new UnauthorizedAccessException(reason),
            NoDeviceOrAddress => new FileKindException("it is a socket or a device, not a file; name a file"),
            _ => new IOException(reason),
        };
    }

    // Without a mode the call takes its two arguments alone, whatever the system passes the others by.
    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int open(byte[] path, int flags);
}
