using System.Text.Json;
using FlowCompile.Models.Onnx;
using FlowCompile.Profiling;
using FlowCompile.Settings;
using FlowCompile.Testing.Fuzzing;
using FlowCompile.Testing.Mutators;
using FlowCompile.Testing.Seeds;
using WordMath;

namespace FlowCompile.Testing.Kinds;

/// <summary>Profile stores: docs/profiling.md. Damaged as files, and in their rows, which SQLite cannot tell from good ones.</summary>
public sealed class StoreKind : FuzzKind
{
    private readonly ProjectSettings _settings = Sample.Small();
    private readonly string _path;
    private readonly byte[] _original;
    private readonly HashSet<string> _outcomes;
    private readonly string _manifest;

    /// <summary>Profiles the sample on two cases; nothing of it is simulated.</summary>
    public StoreKind()
    {
        _path = Path.Combine(Folder, "math.profile.db");
        var summary = ProfileAsync(Path.Combine(Folder, "whole.db")).GetAwaiter().GetResult();
        StoreMutator.Settle(Path.Combine(Folder, "whole.db"));
        _original = File.ReadAllBytes(Path.Combine(Folder, "whole.db"));
        _outcomes = [.. summary.Outcomes.Select(Text)];
        _manifest = Text(summary.Manifest);
    }

    /// <inheritdoc/>
    public override string Name => "stores";

    /// <inheritdoc/>
    public override FuzzInput Mutate(Random random) => new("math.profile.db", random.Next(5) switch
    {
        0 => ByteMutator.Mutate(_original, random, _original),
        1 or 2 => ByteMutator.Overwrite(_original, random),
        _ => StoreMutator.Mutate(_original, Path.Combine(Folder, "mutated.db"), random),
    }, _original);

    /// <inheritdoc/>
    public override bool Read(FuzzInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        foreach (var leftover in Directory.EnumerateFiles(Folder, "math.profile.db*"))
        {
            File.Delete(leftover);
        }

        File.WriteAllBytes(_path, input.Bytes);
        try
        {
            using var store = ProfileStore.Open(_path, create: false);
            var summary = ProfileSummary.Read(store, _settings);
            foreach (var outcome in summary.Outcomes)
            {
                if (!_outcomes.Contains(Text(outcome)))
                {
                    throw new FuzzFailureException("read an outcome that was never written", Refusal.Visible(Text(outcome)));
                }
            }

            if (Text(summary.Manifest) != _manifest)
            {
                throw new FuzzFailureException("read a manifest that was never written", Refusal.Visible(Text(summary.Manifest)));
            }

            return true;
        }
        catch (ProfileException e)
        {
            Refusal.Check(e.Message, _path);
            return false;
        }
    }

    private async Task<ProfileSummary> ProfileAsync(string path)
    {
        using var models = OnnxModels.Load(_settings);
        using var store = ProfileStore.Open(path);
        var descriptor = Sample.DescriptorOf<MathWorkflow>();
        var cases = CaseFile.Read(Repository.File("samples/WordMath/data/validate.jsonl"), descriptor, 2);
        await new Profiler(descriptor, models, _settings, store, new ProfilerOptions { Concurrency = 2 }).RunAsync(cases);
        return ProfileSummary.Read(store, _settings);
    }

    private static string Text<T>(T value) => JsonSerializer.Serialize(value);
}
