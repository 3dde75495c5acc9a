using Microsoft.Win32.SafeHandles;

namespace FlowCompile.Files;

/// <summary>
/// Reads files that people name: ordinary ones, or links to such. What is no ordinary file is refused by what it is found to be once it is
/// open, so that a link that moves meanwhile changes nothing, and opening never waits: not for the other end of a pipe either.
/// </summary>
internal static class InputFile
{
    /// <summary>Reads a whole file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="most">The most bytes that such a file has.</param>
    /// <exception cref="FileKindException">It is a folder, a pipe, a socket or a device, or larger.</exception>
    /// <exception cref="IOException">It is not there, or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static byte[] ReadAll(string path, long most)
    {
        using var stream = Open(path);
        using var content = new MemoryStream((int)Math.Min(stream.Length, most));
        var buffer = new byte[81_920];
        for (int count; (count = stream.Read(buffer)) > 0;)
        {
            // By what is read, not by what the file says of itself: a device says nothing, and a file may grow.
            content.Write(buffer, 0, count);
            if (content.Length > most)
            {
                throw new FileKindException($"it is larger than {most >> 20} MiB, which no such file is; name the right file");
            }
        }

        return content.ToArray();
    }

    /// <summary>Opens a file for reading.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="FileKindException">It is a folder, a pipe, a socket or a device that cannot be read from its start.</exception>
    /// <exception cref="IOException">It is not there, or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static FileStream Open(string path)
    {
        if (Directory.Exists(path))
        {
            throw new FileKindException("it is a folder; name a file");
        }

        var handle = OpenHandle(path);
        try
        {
            var stream = new FileStream(handle, FileAccess.Read, bufferSize: 0);
            return stream.CanSeek ? stream : throw new FileKindException("it is a pipe or a device, not a file; name a file");
        }
        catch (Exception)
        {
            handle.Dispose();
            throw;
        }
    }

    private static SafeFileHandle OpenHandle(string path) => OperatingSystem.IsWindows()
        ? File.OpenHandle(path, share: FileShare.ReadWrite | FileShare.Delete)
        : PosixFile.Open(path);
}
