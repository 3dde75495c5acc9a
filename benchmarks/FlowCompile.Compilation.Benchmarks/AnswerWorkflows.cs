using FlowCompile.Graph;

namespace FlowCompile.Compilation.Benchmarks;

/// <summary>Workflows that recorded answers can be profiles of, on some of the questions.</summary>
internal static class AnswerWorkflows
{
    private static readonly GraphInput s_question = GraphInput.FromWorkflow("question", "string");

    /// <summary>One sub-agent that answers.</summary>
    public static ProfileTable Single(RecordedAnswers answers, IReadOnlyList<int> questions) =>
        Table(answers, new WorkflowGraph("single", [new GraphNode("Answer", NodeKind.SubAgent, "string", [s_question])], "Answer"), questions, (_, _, runs) => runs.Select(run => (InputState.Right, run)));

    /// <summary>An answer, a test that knows whether it is right, and up to three further answers where it is not. The first recorded answers are those of the first call.</summary>
    public static ProfileTable Retry(RecordedAnswers answers, IReadOnlyList<int> questions)
    {
        var answer = GraphInput.FromUpstream("answer", "string", "Answer");
        var graph = new WorkflowGraph("retry", [
            new GraphNode("Answer", NodeKind.SubAgent, "string", [s_question]),
            new GraphNode("Test", NodeKind.Tool, "bool", [answer]),
            new GraphNode("Again", NodeKind.SubAgent, "string", [s_question, answer]) { Repair = new RepairLoop("Test", "Answer", 0, 3) },
        ], "Again");
        return Table(answers, graph, questions, (node, _, runs) => node == 0 ? [(InputState.Right, runs[0])] : runs[1..].Select(run => (InputState.Wrong, run)));
    }

    private static ProfileTable Table(
        RecordedAnswers answers, WorkflowGraph graph, IReadOnlyList<int> questions, Func<int, int, RecordedAnswer[], IEnumerable<(InputState State, RecordedAnswer Answer)>> of)
    {
        var rows = new List<(int Node, Setting Setting, double Cost, IReadOnlyCollection<RecordedCall> Calls)>();
        foreach (var node in Enumerable.Range(0, graph.Nodes.Count).Where(node => graph.Nodes[node].Kind == NodeKind.SubAgent))
        {
            for (var setting = 0; setting < answers.Settings.Count; setting++)
            {
                rows.Add((node, new Setting($"m{setting:00}", 0), 0, [
                    .. questions.Index().SelectMany(one => of(node, setting, answers.Answers[one.Item][setting]).Select(call => new RecordedCall(one.Index, call.State, call.Answer.IsRight ? 1 : 0, call.Answer.Seconds))),
                ]));
            }
        }

        return new ProfileTable(graph, rows.GroupBy(row => row.Node).ToDictionary(group => graph.Nodes[group.Key].Name, group => (IReadOnlyList<SettingProfile>)
            [.. group.Select(row => new SettingProfile(row.Setting, row.Calls.Average(call => call.Score), row.Calls.Average(call => call.Latency), 0, row.Calls.Count))]))
        {
            Recorded = new RecordedOutcomes(graph, questions.Count, rows),
        };
    }
}
