using System.Text;
using System.Text.Json;
using FlowCompile.Profiling;
using FlowCompile.Testing.Fuzzing;
using FlowCompile.Testing.Mutators;
using FlowCompile.Testing.Oracles;
using FlowCompile.Testing.Seeds;
using WordMath;

namespace FlowCompile.Testing.Kinds;

/// <summary>Files of cases: docs/settings.md, docs/profiling.md.</summary>
public sealed class CaseKind : FuzzKind
{
    private const string MathFile = "math.jsonl";
    private const string TicketFile = "ticket.jsonl";

    private static readonly string[] s_tickets =
    [
        """{"id": "t1", "text": "The lamp does not light.", "level": 2, "tags": ["lamp", "defect"], "weight": 0.5, "customer": {"name": "Ada", "isPaying": true}, "due": "2026-01-02T03:04:05Z"}""",
        """{"id": 7, "text": "Wo ist die Rechnung?", "level": -1, "tags": [], "weight": 1, "note": null}""",
        """{"text": "\u00e9\ud83d\ude00", "level": 0, "tags": ["a"], "weight": 1e-3}""",
    ];

    private readonly string[] _math = [.. File.ReadLines(Repository.File("samples/WordMath/data/validate.jsonl")).Take(4)];

    /// <inheritdoc/>
    public override string Name => "cases";

    /// <inheritdoc/>
    public override FuzzInput Mutate(Random random)
    {
        var (name, lines) = random.Next(2) == 0 ? (MathFile, _math) : (TicketFile, s_tickets);
        var seed = Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n");
        if (random.Next(5) == 0)
        {
            return new FuzzInput(name, ByteMutator.Mutate(seed, random, seed), seed);
        }

        var mutated = lines.ToArray();
        for (var times = random.Next(1, 3); times > 0; times--)
        {
            var at = random.Next(lines.Length);
            mutated[at] = Encoding.UTF8.GetString(JsonMutator.MutateLine(Encoding.UTF8.GetBytes(lines[at]), random));
        }

        var end = random.Next(4) == 0 ? "\r\n" : "\n";
        var bytes = Encoding.UTF8.GetBytes(string.Join(end, mutated) + end);
        return new FuzzInput(name, random.Next(6) == 0 ? ByteMutator.Mutate(bytes, random, seed) : bytes, seed);
    }

    /// <inheritdoc/>
    public override bool Read(FuzzInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var path = Path.Combine(Folder, input.Name);
        File.WriteAllBytes(path, input.Bytes);
        var descriptor = input.Name == MathFile ? Sample.DescriptorOf<MathWorkflow>() : Sample.DescriptorOf<TicketWorkflow>();
        IReadOnlyList<WorkflowCase> cases;
        try
        {
            cases = CaseFile.Read(path, descriptor);
        }
        catch (ProfileException e)
        {
            Refusal.Check(e.Message, path);
            Refusal.CheckLine(e.Message, path, input.Bytes, required: false);
            return false;
        }

        CaseOracle.Check(input.Bytes, cases, descriptor);
        WriteAgain(cases, descriptor);
        return true;
    }

    // The canonical text of a case is a case, and the same one.
    private void WriteAgain(IReadOnlyList<WorkflowCase> cases, WorkflowDescriptor descriptor)
    {
        var path = Path.Combine(Folder, "again.jsonl");
        File.WriteAllLines(path, cases.Select(one => one.Json));
        var again = CaseFile.Read(path, descriptor);
        foreach (var (before, after) in cases.Zip(again))
        {
            if (before.Hash != after.Hash || before.Json != after.Json || JsonSerializer.Serialize(before.Inputs) != JsonSerializer.Serialize(after.Inputs))
            {
                throw new FuzzFailureException("written again it is another case", Refusal.Visible($"{before.Json} became {after.Json}"));
            }
        }
    }
}
