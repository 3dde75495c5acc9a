using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace FlowCompile.Profiling;

/// <summary>Says what keeps a store from being used, and what to do.</summary>
internal static class StoreTrouble
{
    /// <summary>The exception for an error of SQLite.</summary>
    /// <param name="path">The store.</param>
    /// <param name="error">The error.</param>
    public static ProfileException Of(string path, SqliteException error) => error.SqliteErrorCode switch
    {
        raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB => StoreHeader.Damaged(path, error),
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED => new(
            $"{path}: the profile store is locked by another process, and stayed so; end what has it open for writing (a database browser keeps its lock until it has written or dropped its changes), and run the same command again.", error),
        raw.SQLITE_READONLY or raw.SQLITE_PERM or raw.SQLITE_AUTH => new(
            $"{path}: the profile store cannot be written; make the file and its folder writable for this user (SQLite keeps a -wal and a -shm file beside it), or copy it elsewhere and name that with --store.", error),
        raw.SQLITE_CANTOPEN => new(
            $"{path}: the profile store cannot be opened; check that this user may read and write the file, its folder, and the -wal and -shm files that SQLite keeps beside it, or name another with --store.", error),
        raw.SQLITE_FULL => new(
            $"{path}: the disk is full; what was measured so far is kept. Make room, and run the same command again.", error),
        raw.SQLITE_IOERR => new(
            $"{path}: the disk does not read or write the profile store ({Said(error)}); what was measured so far is kept. Check the disk and its room, and run the same command again.", error),
        raw.SQLITE_NOMEM => new($"{path}: there is no memory for the profile store; make room, and run the same command again.", error),
        raw.SQLITE_CONSTRAINT or raw.SQLITE_ERROR or raw.SQLITE_SCHEMA or raw.SQLITE_MISMATCH => new(
            $"{path}: the profile store is not as FlowCompile wrote it ({Said(error)}); restore it from a backup, or move it away and profile again.", error),
        _ => new($"{path}: the profile store cannot be used ({Said(error)}); check that the disk has room and that the folder can be written.", error),
    };

    private static string Said(SqliteException error) => error.Message.TrimEnd('.').ReplaceLineEndings(" ");
}
