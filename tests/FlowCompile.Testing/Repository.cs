namespace FlowCompile.Testing;

/// <summary>The repository that the program was built in: its samples and test data are the seeds.</summary>
public static class Repository
{
    /// <summary>Its folder.</summary>
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    /// <summary>The path of a file in it.</summary>
    /// <param name="path">The path from the root, with slashes.</param>
    public static string File(string path) => Path.Combine(Root, path);

    /// <summary>The content of a file in it.</summary>
    /// <param name="path">The path from the root, with slashes.</param>
    public static byte[] Read(string path) => System.IO.File.ReadAllBytes(File(path));

    private static string Find(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
        {
            if (System.IO.File.Exists(Path.Combine(at.FullName, "FlowCompile.sln")))
            {
                return at.FullName;
            }
        }

        throw new InvalidOperationException($"'{folder}' is in no copy of the repository.");
    }
}
