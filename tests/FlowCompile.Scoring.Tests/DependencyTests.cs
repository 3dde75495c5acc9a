namespace FlowCompile.Scoring.Tests;

/// <summary>Scorers and run time are apart: a score method may use both, neither uses the other.</summary>
public class DependencyTests
{
    [Fact]
    public void TheScorers_ReferenceNothingButTheFramework() => Assert.All(
        typeof(Scorers).Assembly.GetReferencedAssemblies(),
        reference => Assert.StartsWith("System.", reference.Name, StringComparison.Ordinal));

    [Fact]
    public void TheRunTime_DoesNotReferenceTheScorers() => Assert.DoesNotContain(
        typeof(WorkflowAttribute).Assembly.GetReferencedAssemblies(),
        reference => reference.Name == typeof(Scorers).Assembly.GetName().Name);
}
