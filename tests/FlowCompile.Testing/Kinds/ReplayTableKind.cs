using System.IO.Compression;
using System.Text;
using FlowCompile.Models.Replay;
using FlowCompile.Testing.Fuzzing;
using FlowCompile.Testing.Mutators;
using FlowCompile.Testing.Oracles;
using Microsoft.Extensions.AI;

namespace FlowCompile.Testing.Kinds;

/// <summary>Tables of outcomes and leaderboards, compressed or not, and the texts of their queries: docs/models.md, replay.</summary>
public sealed class ReplayTableKind : FuzzKind
{
    private const string Data = "tests/FlowCompile.Models.Replay.Tests/data";
    private const string Plain = "table.csv";
    private const string Packed = "packed.csv.gz";
    private const string Board = "board.csv";
    private const string Queries = "told_queries.jsonl";
    private const string Told = "told.csv";

    private readonly string[] _tables = [Head("misguided_attention.csv.gz", 12), Head("lrm_token_economy.csv.gz", 12), Head("routeprofile_test.csv.gz", 12)];
    private readonly string _board = Head("aider_polyglot.csv", 12);
    private readonly string[] _queries = Head("misguided_attention_queries.jsonl.gz", 4).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Writes the table that the texts of queries are for.</summary>
    public ReplayTableKind() => File.WriteAllText(Path.Combine(Folder, Told), _tables[0]);

    /// <inheritdoc/>
    public override string Name => "tables";

    /// <inheritdoc/>
    public override FuzzInput Mutate(Random random)
    {
        switch (random.Next(8))
        {
            case 0:
                var packed = Pack(_tables[random.Next(_tables.Length)]);
                return new FuzzInput(Packed, ByteMutator.Mutate(packed, random, packed), packed);
            case 1:
                var queries = Encoding.UTF8.GetBytes(string.Join('\n', _queries));
                var mutated = _queries.ToArray();
                var at = random.Next(mutated.Length);
                mutated[at] = Encoding.UTF8.GetString(JsonMutator.MutateLine(Encoding.UTF8.GetBytes(mutated[at]), random));
                return new FuzzInput(Queries, random.Next(4) == 0 ? ByteMutator.Mutate(queries, random, queries) : Encoding.UTF8.GetBytes(string.Join('\n', mutated)), queries);
            case 2:
                return Table(Board, _board, random);
            default:
                return Table(Plain, _tables[random.Next(_tables.Length)], random);
        }
    }

    /// <inheritdoc/>
    public override bool Read(FuzzInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var path = Path.Combine(Folder, input.Name);
        File.WriteAllBytes(path, input.Bytes);
        try
        {
            switch (input.Name)
            {
                case Board:
                    ReplayOracle.CheckBoard(RecordedCalls.ReadAggregates(path));
                    break;
                case Queries:
                    using (new ReplayChatClient(Path.Combine(Folder, Told), new ReplayOptions { Model = "gpt-4o-2024-11-20" }))
                    {
                    }

                    break;
                default:
                    List<RecordedCall> calls = [.. RecordedCalls.Read(path)];
                    if (input.Name == Plain)
                    {
                        ReplayOracle.CheckTable(input.Bytes, calls);
                    }

                    Ask(path, calls);
                    break;
            }

            return true;
        }
        catch (ReplayFileException e)
        {
            Refusal.Check(e.Message, path);
            if (input.Name != Packed)
            {
                Refusal.CheckLine(e.Message, path, input.Bytes, required: false);
            }

            return false;
        }
    }

    private static void Ask(string path, List<RecordedCall> calls)
    {
        if (calls.Count == 0)
        {
            return;
        }

        using var client = new ReplayChatClient(path, new ReplayOptions { Model = calls[0].Setting });
        try
        {
            var text = client.GetResponseAsync([new ChatMessage(ChatRole.User, calls[0].Prompt)], new ChatOptions { Seed = 1 }).GetAwaiter().GetResult().Text;
            if (!calls.Exists(call => call.Prompt == calls[0].Prompt && call.Answer == text))
            {
                throw new FuzzFailureException("answered what is not recorded", Refusal.Visible(text));
            }
        }
        catch (ModelCallException e)
        {
            Refusal.Check(e.Message, "");
        }
    }

    private static FuzzInput Table(string name, string table, Random random)
    {
        var seed = Encoding.UTF8.GetBytes(table);
        return new FuzzInput(name, random.Next(4) == 0 ? ByteMutator.Mutate(seed, random, seed) : TableMutator.Mutate(table, random), seed);
    }

    private static string Head(string name, int lines)
    {
        using var file = File.OpenRead(Repository.File($"{Data}/{name}"));
        using Stream content = name.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file;
        using var reader = new StreamReader(content);
        var text = new StringBuilder();
        for (var i = 0; i < lines && reader.ReadLine() is { } line; i++)
        {
            text.Append(line).Append('\n');
        }

        return text.ToString();
    }

    private static byte[] Pack(string text)
    {
        using var packed = new MemoryStream();
        using (var stream = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            stream.Write(Encoding.UTF8.GetBytes(text));
        }

        return packed.ToArray();
    }
}
