using System.CommandLine;
using System.CommandLine.Help;
using FlowCompile.Tool;
using FlowCompile.Tool.Commands;
using FlowCompile.Tool.Hosting;
using FlowCompile.Tool.Output;

Terminal.Guard();
using var signals = new StopSignals();
HostedRun.Begin(signals.Stop);

var root = new RootCommand("Measures, compiles and tests the LLM workflows of a .NET project. Start with 'profile'; the other verbs go on from what it measured.")
{
    ProfileCommand.Create(),
    CompileCommand.Create(),
    ExplainCommand.Create(),
    TestCommand.Create(),
    DiffCommand.Create(),
    DeployCommand.Create(),
    ImportCommand.Create(),
};
root.Options.Add(CommonOptions.Verbose);
if (Terminal.IsOutputPiped && root.Options.OfType<HelpOption>().Single().Action is HelpAction help)
{
    help.MaxWidth = 80;
}

// Without a verb, and with the word that other command lines take for it, there is help.
string[] words = args switch
{
    [] => ["--help"],
    ["help", .. var verb] => [.. verb, "--help"],
    _ => args,
};
return await CommandRunner.RunAsync(root.Parse(words, new ParserConfiguration { ResponseFileTokenReplacer = null }), signals.Token);
