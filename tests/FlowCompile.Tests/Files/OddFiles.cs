using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Sockets;

namespace FlowCompile.Tests.Files;

/// <summary>Makes what a path can lead to besides a file, on systems that have such.</summary>
internal static class OddFiles
{
    private static readonly ConcurrentBag<Socket> s_sockets = [];

    /// <summary>Puts something else where a file was.</summary>
    /// <param name="path">The path.</param>
    /// <param name="kind">What.</param>
    /// <returns>Whether this system has such.</returns>
    public static bool TryMake(string path, string kind)
    {
        if (Directory.Exists(path))
        {
            Directory.Delete(path);
        }

        File.Delete(path);
        if (OperatingSystem.IsWindows() && kind is not ("folder" or "nothing" or "huge"))
        {
            return false;
        }

        switch (kind)
        {
            case "folder":
                Directory.CreateDirectory(path);
                return true;
            case "nothing":
                return true;
            case "huge":
                using (var file = File.Create(path))
                {
                    file.SetLength(65L << 20);
                }

                return true;
            case "fifo":
                return Fifo(path);
            case "link to a fifo":
                File.CreateSymbolicLink(path, path + ".fifo");
                return File.Exists(path + ".fifo") || Fifo(path + ".fifo");
            case "socket":
                // A socket that is disposed takes its file away.
                var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                socket.Bind(new UnixDomainSocketEndPoint(path));
                s_sockets.Add(socket);
                return true;
            case "loop":
                File.CreateSymbolicLink(path, path);
                return true;
            case "link to nothing":
                File.CreateSymbolicLink(path, path + ".gone");
                return true;
            default:
                File.CreateSymbolicLink(path, kind);
                return File.Exists(kind);
        }
    }

    private static bool Fifo(string path)
    {
        using var made = Process.Start("mkfifo", [path]);
        made.WaitForExit();
        return made.ExitCode == 0;
    }
}
