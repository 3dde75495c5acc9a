using System.Text.Json.Nodes;

namespace FlowCompile.Tool.Tests;

/// <summary>A project that was built and profiled on a few cases, for the verbs that go on from there. They build nothing.</summary>
public sealed class PreparedProject : IAsyncLifetime
{
    public const string Collection = "prepared project";

    internal TestProject Project { get; } = new();

    public async Task InitializeAsync()
    {
        var run = await Project.ProfileAsync(cases: 3);
        Assert.True(run.ExitCode == 0, run.Error);
    }

    public Task DisposeAsync()
    {
        Project.Dispose();
        return Task.CompletedTask;
    }

    /// <summary>Runs a verb on the project as it was built.</summary>
    internal Task<CommandLine.Run> RunAsync(string verb, params string[] more) =>
        CommandLine.RunAsync([verb, Project.Directory, .. more, "--no-build", "--store", Project.Store]);

    /// <summary>Runs a verb while <c>flowcompile.json</c> has a section <c>deployment</c>.</summary>
    internal async Task<CommandLine.Run> DeployAsync(string deployment, string? tool = null, params string[] more)
    {
        var before = File.ReadAllText(Project.PathOf("flowcompile.json"));
        var settings = JsonNode.Parse(before)!.AsObject();
        settings["deployment"] = JsonNode.Parse(deployment);
        Project.Write("flowcompile.json", settings.ToJsonString());
        try
        {
            return await CommandLine.RunAsync(tool ?? AppContext.BaseDirectory, new Dictionary<string, string>(), ["deploy", Project.Directory, "--no-build", "--store", Project.Store, .. more]);
        }
        finally
        {
            Project.Write("flowcompile.json", before);
        }
    }
}

[CollectionDefinition(PreparedProject.Collection)]
public sealed class SharesPreparedProject : ICollectionFixture<PreparedProject>;
