using System.CommandLine;
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

var result = root.Parse(args);
return result.Errors.Count > 0 ? CommandRunner.ReportUsage(result)
    : await result.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null }, signals.Token);
