using FlowCompile.Models.Onnx;
using FlowCompile.Models.OpenAI;
using FlowCompile.Models.Replay;
using FlowCompile.Settings;
using FlowCompile.Testing.Fuzzing;
using FlowCompile.Testing.Mutators;
using FlowCompile.Testing.Oracles;
using FlowCompile.Testing.Seeds;

namespace FlowCompile.Testing.Kinds;

/// <summary><c>flowcompile.json</c>: docs/settings.md.</summary>
public sealed class SettingsKind : FuzzKind
{
    private readonly byte[][] _seeds = [Repository.Read("samples/WordMath/flowcompile.json"), Repository.Read("samples/Answer/flowcompile.json"), SettingsSeeds.Full];
    private readonly string _path;
    private readonly ModelProviders _providers = new ModelProviders()
        .Add(OnnxModels.Provider, OnnxModels.Open)
        .Add(OpenAIModels.Provider, new OpenAIModels().Open)
        .Add(ReplayModels.Provider, ReplayModels.Open);

    /// <summary>Prepares the file.</summary>
    public SettingsKind() => _path = Path.Combine(Folder, ProjectSettings.FileName);

    /// <inheritdoc/>
    public override string Name => "settings";

    /// <inheritdoc/>
    public override FuzzInput Mutate(Random random)
    {
        var seed = _seeds[random.Next(4) == 0 ? random.Next(2) : 2];
        var bytes = random.Next(6) == 0 ? seed : JsonMutator.Mutate(seed, random);
        return new FuzzInput(ProjectSettings.FileName, bytes == seed || random.Next(4) == 0 ? ByteMutator.Mutate(bytes, random, _seeds[0]) : bytes, seed);
    }

    /// <inheritdoc/>
    public override bool Read(FuzzInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        File.WriteAllBytes(_path, input.Bytes);
        ProjectSettings settings;
        try
        {
            settings = ProjectSettings.Load(_path);
        }
        catch (SettingsException e)
        {
            Refusal.Check(e.Message, _path);
            using var wrong = StrictJson.TryRead(input.Bytes, comments: true);
            Refusal.CheckLine(e.Message, _path, input.Bytes, required: wrong is null && input.Bytes.Length > 0);
            return false;
        }

        using var json = StrictJson.Accepted(input.Bytes, comments: true);
        SettingsOracle.Check(json.RootElement, settings);
        foreach (var model in settings.Models)
        {
            Open(model);
        }

        return true;
    }

    // What no reader of the file can know, opening the model says: its folder or file is not there.
    private void Open(ModelSettings model)
    {
        try
        {
            _providers.Open(model).Dispose();
        }
        catch (Exception e) when (e is SettingsException or ReplayFileException or ModelLoadException)
        {
            Refusal.Check(e.Message, e is SettingsException ? _path : model.Source);
        }
    }
}
