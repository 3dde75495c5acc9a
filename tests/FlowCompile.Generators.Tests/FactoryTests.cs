using System.Globalization;
using FlowCompile.Generators.Tests.Harness;

namespace FlowCompile.Generators.Tests;

/// <summary>Workflows that a method of theirs makes.</summary>
public class FactoryTests
{
    private const string Node = """
        [SubAgent, Output]
        public async ValueTask<string> Answer(string question, SubAgentContext agent, CancellationToken cancellationToken)
            => (await agent.CompleteAsync(tone + question, cancellationToken)).Text;
        """;

    private const string Models = "{ Models = (ModelCatalog)services.GetService(typeof(ModelCatalog))! }";

    [Theory]
    [InlineData("public static W")]
    [InlineData("private static W")]
    [InlineData("internal static W")]
    public async Task The_descriptor_and_the_services_use_it_whatever_its_reach(string head)
    {
        var run = Over($"[WorkflowFactory] {head} @new(IServiceProvider services) => new(\"\") {Models};");

        run.AssertCompiles();
        Assert.DoesNotContain(await run.DiagnosticsAsync(), diagnostic => diagnostic.Id is "FC0010" or "FC0011");
        Assert.Contains("CreateWorkflow(global::System.IServiceProvider services) => W.@new(services);", run.Generated["W.Descriptor.g.cs"], StringComparison.Ordinal);
        Assert.Contains("AddWorkflow<W>(services)", run.Generated["W.Services.g.cs"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("W Create(IServiceProvider services) => this;", "it is not static")]
    [InlineData("static W Create<T>(IServiceProvider services) => null!;", "it is generic")]
    [InlineData("static object Create(IServiceProvider services) => null!;", "it returns 'object', not 'W'")]
    [InlineData("static Task<W> Create(IServiceProvider services) => null!;", "not 'W'")]
    [InlineData("static W? Create(IServiceProvider services) => null;", "it may return null")]
    [InlineData("static W Create() => null!;", "it does not take one System.IServiceProvider")]
    [InlineData("static W Create(IServiceProvider services, string tone) => null!;", "it does not take one System.IServiceProvider")]
    [InlineData("static W Create(in IServiceProvider services) => null!;", "it does not take one System.IServiceProvider")]
    [InlineData("static W Create(ModelCatalog services) => null!;", "it does not take one System.IServiceProvider")]
    [InlineData("[Obsolete(\"no\", true)] static W Create(IServiceProvider services) => null!;", "it is obsolete")]
    [InlineData("static W First(IServiceProvider services) => null!; [WorkflowFactory] static W Create(IServiceProvider services) => null!;", "'First' is one already")]
    public async Task A_wrong_one_is_said(string method, string problem)
    {
        var found = Assert.Single(await Over($"[WorkflowFactory] {method}").DiagnosticsAsync(), diagnostic => diagnostic.Id.StartsWith("FC00", StringComparison.Ordinal));

        Assert.Equal("FC0011", found.Id);
        Assert.Contains(problem, found.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        Assert.True(found.Location.IsInSource);
    }

    [Theory]
    [InlineData("", "FC0010")] // a constructor that takes something
    [InlineData("public W() : this(\"\") { }", "")]
    [InlineData("private W() : this(\"\") { }", "")] // what is generated is within the class
    [InlineData("[Obsolete(\"no\", true)] public W() : this(\"\") { }", "FC0010")]
    [InlineData("public W() : this(\"\") { } public required string Must { get; init; }", "FC0010")]
    public async Task Where_nothing_can_make_the_workflow_that_is_said(string members, string id)
    {
        var run = Over(members);

        Assert.Equal(id, string.Join(",", (await run.DiagnosticsAsync()).Select(diagnostic => diagnostic.Id).Where(one => one.StartsWith("FC00", StringComparison.Ordinal))));
        run.AssertCompiles();
    }

    private static GeneratorRun Over(string members) =>
        GeneratorRun.Over([Sources.ImplicitUsings, "using FlowCompile;\n\n[Workflow(\"w\")]\npublic sealed partial class W(string tone)\n{\n" + Node + "\n" + members + "\n}\n"]);
}
