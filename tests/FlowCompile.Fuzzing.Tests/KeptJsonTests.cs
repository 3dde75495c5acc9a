using System.Text.Json;
using FlowCompile.Testing.Fuzzing;
using FlowCompile.Testing.Oracles;

namespace FlowCompile.Fuzzing.Tests;

/// <summary>The oracle of plans that are written again takes another form of the same number for the same, and nothing else.</summary>
public sealed class KeptJsonTests
{
    [Theory]
    [InlineData("""{"configurations":[{"settings":{"Select":"nano@008"}}]}""", """{"configurations":[{"settings":{"Select":"nano@8"}}]}""")]
    [InlineData("""{"configurations":[{"settings":{"Select":"a@01@00"}}]}""", """{"configurations":[{"settings":{"Select":"a@01@0"}}]}""")]
    [InlineData("""{"cells":{"Select":{"nano@00":{"latencySeconds":1}}}}""", """{"cells":{"Select":{"nano@0":{"latencySeconds":1.0}}}}""")]
    [InlineData("""{"configurations":[{"counts":{"Select":1,"Solve":0}}]}""", """{"configurations":[{"counts":{"Select":1}}]}""")]
    public void What_says_the_same_is_kept(string before, string after) => Check(before, after);

    [Theory]
    [InlineData("""{"configurations":[{"settings":{"Select":"nano@8"}}]}""", """{"configurations":[{"settings":{"Select":"nano@80"}}]}""")]
    [InlineData("""{"configurations":[{"name":"nano@08"}]}""", """{"configurations":[{"name":"nano@8"}]}""")]
    [InlineData("""{"cells":{"Select":{"nano@00":{"latencySeconds":1}}}}""", """{"cells":{"Select":{"nano@0":{"latencySeconds":2}}}}""")]
    [InlineData("""{"owner":{"nano@00":1}}""", """{"owner":{"nano@0":1}}""")]
    [InlineData("""{"configurations":[{"counts":{"Select":1}}]}""", """{"configurations":[{"counts":{}}]}""")]
    public void What_says_something_else_is_found(string before, string after) => Assert.Throws<FuzzFailureException>(() => Check(before, after));

    private static void Check(string before, string after)
    {
        using var one = JsonDocument.Parse(before);
        using var other = JsonDocument.Parse(after);
        KeptJson.Check(one.RootElement, other.RootElement);
    }
}
