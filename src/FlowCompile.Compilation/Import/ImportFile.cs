using FlowCompile.Files;

namespace FlowCompile.Compilation;

/// <summary>Reads files that are imported, with one clear line where that fails.</summary>
internal static class ImportFile
{
    // What profiles of the published system take, many times over, and what one array holds.
    private const long MaxBytes = 1L << 30;

    public static byte[] ReadAll(string path)
    {
        try
        {
            return InputFile.ReadAll(path, MaxBytes);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new CompileException($"{path}: there is no such file; name a file that the published system wrote.", e);
        }
        catch (FileKindException e)
        {
            throw new CompileException($"{path}: {e.Message}.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CompileException($"{path}: it cannot be read ({e.Message}).", e);
        }
    }
}
