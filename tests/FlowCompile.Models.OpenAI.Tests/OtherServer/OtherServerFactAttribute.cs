using System.Reflection;

namespace FlowCompile.Models.OpenAI.Tests.OtherServer;

/// <summary>A test against a server that others have written. Where it was not fetched, the test is skipped, but not in a build server.</summary>
public sealed class OtherServerFactAttribute : FactAttribute
{
    public OtherServerFactAttribute()
    {
        if (!Directory.Exists(Folder) && Environment.GetEnvironmentVariable("CI") != "true")
        {
            Skip = "The server was not fetched: install Node.js 20 or later, delete the note in obj/other-server and build again.";
        }
    }

    /// <summary>Where the build has put the server.</summary>
    public static string Folder { get; } = typeof(OtherServerFactAttribute).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "OtherServer").Value!;
}
