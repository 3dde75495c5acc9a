using System.Text;
using FlowCompile.Models.Replay;
using FlowCompile.Testing.Fuzzing;
using FlowCompile.Testing.Mutators;
using FlowCompile.Testing.Oracles;
using Microsoft.Extensions.AI;

namespace FlowCompile.Testing.Kinds;

/// <summary>Files of recorded calls: docs/models.md, replay.</summary>
public sealed class ReplayCallKind : FuzzKind
{
    private static readonly string[] s_lines =
    [
        """{"model":"small","prompt":"What is 6 times 7?","budget":64,"seed":1,"thinking":"6 times 7 ...","answer":"42","inputTokens":9,"outputTokens":21,"thinkingTokens":18,"totalMs":310.5,"firstTokenMs":25,"tokenMs":[25,38.5]}""",
        """{"model":"small","prompt":"What is 6 times 7?","budget":0,"answer":"41"}""",
        """{"model":"large","prompt":"Zw\u00f6lf\n\ud83d\ude00","seed":-3,"answer":"","outputTokens":0}""",
        """{"model":"large","prompt":"","answer":"nothing"}""",
    ];

    private static readonly byte[] s_seed = Encoding.UTF8.GetBytes(string.Join('\n', s_lines) + "\n");
    private readonly string _path;

    /// <summary>Prepares the file.</summary>
    public ReplayCallKind() => _path = Path.Combine(Folder, "calls.jsonl");

    /// <inheritdoc/>
    public override string Name => "recorded calls";

    /// <inheritdoc/>
    public override FuzzInput Mutate(Random random)
    {
        if (random.Next(5) == 0)
        {
            return new FuzzInput("calls.jsonl", ByteMutator.Mutate(s_seed, random, s_seed), s_seed);
        }

        var mutated = s_lines.ToArray();
        for (var times = random.Next(1, 3); times > 0; times--)
        {
            var at = random.Next(mutated.Length);
            mutated[at] = Encoding.UTF8.GetString(JsonMutator.MutateLine(Encoding.UTF8.GetBytes(s_lines[at]), random));
        }

        var bytes = Encoding.UTF8.GetBytes(string.Join('\n', mutated));
        return new FuzzInput("calls.jsonl", random.Next(6) == 0 ? ByteMutator.Mutate(bytes, random, s_seed) : bytes, s_seed);
    }

    /// <inheritdoc/>
    public override bool Read(FuzzInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        File.WriteAllBytes(_path, input.Bytes);
        List<RecordedCall> calls;
        try
        {
            calls = [.. RecordedCalls.Read(_path)];
        }
        catch (ReplayFileException e)
        {
            Refusal.Check(e.Message, _path);
            Refusal.CheckLine(e.Message, _path, input.Bytes, required: false);
            return false;
        }

        ReplayOracle.CheckLines(input.Bytes, calls);
        foreach (var model in calls.Select(call => call.Model).Distinct(StringComparer.Ordinal).Take(3))
        {
            Ask(model, [.. calls.Where(call => call.Model == model)]);
        }

        return true;
    }

    // What is replayed is what was recorded, and recording it again gives the same.
    private void Ask(string model, List<RecordedCall> calls)
    {
        ReplayChatClient client;
        try
        {
            client = new ReplayChatClient(_path, new ReplayOptions { Model = model });
        }
        catch (ReplayFileException e)
        {
            Refusal.Check(e.Message, _path);
            return;
        }

        var again = Path.Combine(Folder, "again.jsonl");
        using (var writer = new StreamWriter(again))
        using (var recording = new RecordingChatClient(client, model, writer))
        {
            foreach (var call in calls)
            {
                var options = new ChatOptions { Seed = call.Seed };
                if (call.Budget is { } budget)
                {
                    options.SetReasoningBudget(budget);
                }

                var response = recording.GetResponseAsync([new ChatMessage(ChatRole.User, call.Prompt)], options).GetAwaiter().GetResult();
                if (!calls.Exists(one => one.Prompt == call.Prompt && one.Answer == response.Text))
                {
                    throw new FuzzFailureException("answered what is not recorded", Refusal.Visible(response.Text));
                }
            }
        }

        List<RecordedCall> recorded = [.. RecordedCalls.Read(again)];
        if (!recorded.Select(call => (call.Model, call.Prompt, call.Budget, call.Seed)).SequenceEqual(calls.Select(call => (call.Model, call.Prompt, call.Budget, call.Seed))))
        {
            throw new FuzzFailureException("recorded again it is another call", Refusal.Visible(File.ReadAllText(again)));
        }
    }
}
