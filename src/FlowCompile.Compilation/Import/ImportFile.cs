namespace FlowCompile.Compilation;

/// <summary>Reads files that are imported, with one clear line where that fails.</summary>
internal static class ImportFile
{
    public static byte[] ReadAll(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new CompileException($"{path}: there is no such file; name a file that the published system wrote.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CompileException($"{path}: it cannot be read ({e.Message}).", e);
        }
    }
}
