using FlowCompile.Generators.Tests.Harness;

namespace FlowCompile.Generators.Tests;

public class Snap
{
    [Fact]
    public void Dump()
    {
        var run = GeneratorRun.Over(["global using System; global using System.Linq; global using System.Collections.Generic; global using System.Threading; global using System.Threading.Tasks;", Sources.Sample("MathWorkflow.cs"), Sources.Sample("Arithmetic.cs"), Sources.Sample("MathCase.cs")], new TextFile("flowcompile.json", Sources.Sample("flowcompile.json")));
        Directory.CreateDirectory("/tmp/out");
        foreach (var (name, text) in run.Generated) File.WriteAllText("/tmp/out/" + name, text);
        File.WriteAllText("/tmp/out/diag.txt", string.Join("\n", run.GeneratorDiagnostics.Concat(run.Output.GetDiagnostics()).Select(d => d.ToString()).Take(40)) + run.Result.Exception);
    }
}
