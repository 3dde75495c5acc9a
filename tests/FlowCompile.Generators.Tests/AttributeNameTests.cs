using System.Collections;
using System.Reflection;
using FlowCompile.Generators.Parsing;

namespace FlowCompile.Generators.Tests;

public class AttributeNameTests
{
    [Fact]
    public void NamesInTheParser_AreThoseOfTheLibrary()
    {
        Type[] types =
        [
            typeof(WorkflowAttribute), typeof(SubAgentAttribute), typeof(ToolAttribute), typeof(FromAttribute), typeof(FromAnyAttribute),
            typeof(OutputAttribute), typeof(ReplicasAttribute), typeof(RetryUntilAttribute), typeof(WhenAttribute), typeof(OtherwiseAttribute),
            typeof(ScoreAttribute), typeof(SubAgentContext), typeof(ITestResult), typeof(CancellationToken), typeof(Task), typeof(ValueTask),
            typeof(IReadOnlyList<>), typeof(IAsyncEnumerable<>), typeof(IAsyncEnumerator<>), typeof(IEnumerator<>), typeof(IEnumerator), typeof(ObsoleteAttribute),
            typeof(WorkflowFactoryAttribute), typeof(IServiceProvider),
        ];

        var names = typeof(AttributeNames).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!);

        Assert.Equal(types.Select(type => type.FullName!.Split('`')[0]).Order(StringComparer.Ordinal), names.Order(StringComparer.Ordinal));
    }
}
