using System.Buffers.Binary;

namespace FlowCompile.Profiling;

/// <summary>
/// Looks at a file before SQLite does: opening a file that is not ours could already change it. The layout of the first 100 bytes is part
/// of SQLite's file format.
/// </summary>
internal static class StoreHeader
{
    private const int UserVersionOffset = 60;
    private const int ApplicationIdOffset = 68;

    /// <summary>Refuses a file that is there and is no profile store of this version or an older one.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ProfileException">The file is something else; it is left as it is.</exception>
    public static void Check(string path)
    {
        if (FileKind.OtherThanFile(path) is { } other)
        {
            throw new ProfileException($"{path}: a profile store is a file, and this is {other}; name another with --store.");
        }

        var header = new byte[100];
        int length;
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            length = file.ReadAtLeast(header, header.Length, throwOnEndOfStream: false);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ProfileException($"{path}: the profile store cannot be read ({e.Message.TrimEnd('.')}); make it readable for this user, or name another with --store.", e);
        }

        // A process killed while it created the store leaves an empty file.
        if (length == 0)
        {
            return;
        }

        if (length < header.Length || !header.AsSpan(0, 16).SequenceEqual("SQLite format 3\0"u8))
        {
            throw Damaged(path);
        }

        var application = BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(ApplicationIdOffset));
        if (application != StoreSchema.ApplicationId)
        {
            throw new ProfileException(
                $"{path}: this is an SQLite file, but no profile store of FlowCompile; it is left as it is. Move it away, or profile into another file.");
        }

        CheckVersion(path, BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(UserVersionOffset)));
    }

    /// <summary>Refuses a version from the future.</summary>
    /// <param name="path">The file.</param>
    /// <param name="version">Its version.</param>
    public static void CheckVersion(string path, long version)
    {
        if (version > StoreSchema.Version)
        {
            throw new ProfileException(FormattableString.Invariant(
                $"{path}: the profile store has version {version}, and this FlowCompile knows versions up to {StoreSchema.Version}; it is left as it is. Update FlowCompile."));
        }
    }

    /// <summary>What is said of a damaged store.</summary>
    /// <param name="path">The file.</param>
    /// <param name="inner">Why.</param>
    public static ProfileException Damaged(string path, Exception? inner = null) => new(
        $"{path}: the profile store is damaged, or no profile store; it is left as it is. Move it away and profile again, or restore it from a backup.", inner);
}
