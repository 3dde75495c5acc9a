namespace FlowCompile.Compilation.CpSat.Tests;

/// <summary>A test that needs Node.js and the fetched CP-SAT. Without them it is skipped, but not in a build server.</summary>
public sealed class CpSatFactAttribute : FactAttribute
{
    public CpSatFactAttribute()
    {
        if (!Directory.Exists(Path.Combine(new CpSatOptions().Folder, "or-tools-wasm")) && Environment.GetEnvironmentVariable("CI") != "true")
        {
            Skip = "OR-Tools CP-SAT was not fetched: install Node.js 18 or later and build again.";
        }
    }
}
