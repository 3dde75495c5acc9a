using System.CommandLine;
using FlowCompile.Compilation;
using FlowCompile.Text;
using FlowCompile.Tool.Commands;
using FlowCompile.Tool.Output;

namespace FlowCompile.Tool.Tests;

/// <summary>Advice in messages is completed to a command that can be copied, and left out where it is the command just run.</summary>
public sealed class HintsTests
{
    [Theory]
    [InlineData("x.db: there is no profile yet; run 'flowcompile profile' first.", "x.db: there is no profile yet; run 'dotnet flowcompile profile \"my desk\" --configuration Release --store \"a b.db\"' first.")]
    [InlineData("3 settings were dropped; 'flowcompile profile --exhaustive' measures them.", "3 settings were dropped; 'dotnet flowcompile profile \"my desk\" --configuration Release --store \"a b.db\" --exhaustive' measures them.")]
    [InlineData("old.json: run 'flowcompile diff'", "old.json: run 'dotnet flowcompile diff'")]
    [InlineData("It is stale; 'flowcompile compile' writes it.", "It is stale.")] // what was just run
    [InlineData("nothing to say", "nothing to say")]
    public void Of_compile(string message, string expected)
    {
        Set(CompileCommand.Create(), "compile", "my desk", "-c", "Release", "--store", "a b.db");
        Assert.Equal(expected, Hints.Complete(ShownText.OfMessage(message)).ToString());
    }

    [Theory]
    [InlineData("w: the profile is partial, 3 of 9 cells; 'flowcompile profile' measures the rest.", "w: the profile is partial, 3 of 9 cells.")]
    [InlineData("w: not measured: A. Run 'flowcompile profile'.", "w: not measured: A.")]
    [InlineData("w: 3 calls failed; 'flowcompile profile --retry-failures' makes them again.", "w: 3 calls failed.")]
    [InlineData("w: dropped; 'flowcompile profile --exhaustive' measures them.", "w: dropped; 'dotnet flowcompile profile . --exhaustive' measures them.")]
    public void Of_profile(string message, string expected)
    {
        Set(ProfileCommand.Create(), "profile", ".", "--retry-failures");
        Assert.Equal(expected, Hints.Complete(ShownText.OfMessage(message)).ToString());
    }

    [Theory]
    [InlineData(IncompleteCause.Dropped, "not measured, for 1 setting of its sub-agents was dropped by the race; 'dotnet flowcompile profile . --exhaustive' measures it, and says with --dry-run what that takes.")]
    [InlineData(IncompleteCause.Failed, "not measured, for 1 setting of its sub-agents had too many failed calls.")] // what was just run
    public void Of_a_baseline_that_is_not_known(IncompleteCause cause, string expected)
    {
        Set(ProfileCommand.Create(), "profile", ".", "--retry-failures");
        Assert.Equal(expected, UnmeasuredText.Of(new UnmeasuredBaseline(BaselineKind.BestUniform, [new IncompleteSetting("Draft", new Setting("mini", 0), cause)])).ToString());
    }

    private static void Set(Command verb, params string[] words)
    {
        var result = new RootCommand { verb }.Parse(words);
        Hints.Set(result, words[1]);
    }
}
