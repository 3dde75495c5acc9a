namespace FlowCompile.Compilation.Tests;

/// <summary>What the sub-agents of the published workflows do; here only their graphs are used.</summary>
internal static class Published
{
    public static async ValueTask<string> AnswerAsync(SubAgentContext agent, string prompt, CancellationToken cancellationToken)
        => (await agent.CompleteAsync(prompt, cancellationToken)).Text;
}
