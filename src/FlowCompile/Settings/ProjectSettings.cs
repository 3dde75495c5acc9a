using FlowCompile.Files;

namespace FlowCompile.Settings;

/// <summary>
/// What <c>flowcompile.json</c> says of a project: its models, the reasoning budgets, and where each workflow finds its cases. Paths in
/// the file are relative to it.
/// </summary>
public sealed record ProjectSettings
{
    /// <summary>The name of the file.</summary>
    public const string FileName = "flowcompile.json";

    private const long MaxBytes = 64L << 20;

    /// <summary>The full path of the file the settings came from.</summary>
    public required string File { get; init; }

    /// <summary>The models, in the order written: by habit the smallest first.</summary>
    public required IReadOnlyList<ModelSettings> Models { get; init; }

    /// <summary>The reasoning budgets of every sub-agent that declares none: ascending, at least one.</summary>
    public required IReadOnlyList<int> Budgets { get; init; }

    /// <summary>The workflows' sections, in the order written.</summary>
    public required IReadOnlyList<WorkflowSettings> Workflows { get; init; }

    /// <summary>The limits on the whole deployment; <see langword="null"/> where there are none.</summary>
    public DeploymentSettings? Deployment { get; init; }

    /// <summary>Reads a project's settings.</summary>
    /// <param name="path">The path of the file, or of the folder that holds it.</param>
    /// <exception cref="SettingsException">The file is missing, cannot be read, or says something that cannot be; the message names the line.</exception>
    public static ProjectSettings Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var file = Path.GetFullPath(Directory.Exists(path) ? Path.Combine(path, FileName) : path);
        byte[] json;
        try
        {
            json = InputFile.ReadAll(file, MaxBytes);
        }
        catch (FileKindException e)
        {
            throw new SettingsException(file, null, e.Message, e);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new SettingsException(file, null, "there is no such file; create it with the keys 'models', 'budgets' and 'workflows'", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException(file, null, $"it cannot be read ({e.Message})", e);
        }

        return Parse(file, json);
    }

    /// <summary>Reads settings from the text of a file.</summary>
    /// <param name="file">The file's path, for messages and as the base of relative paths.</param>
    /// <param name="utf8Json">The text.</param>
    /// <exception cref="SettingsException">The text says something that cannot be; the message names the line.</exception>
    public static ProjectSettings Parse(string file, ReadOnlySpan<byte> utf8Json)
    {
        ArgumentException.ThrowIfNullOrEmpty(file);
        return new SettingsReader(Path.GetFullPath(file)).Read(utf8Json);
    }

    /// <summary>The section of a workflow.</summary>
    /// <param name="name">The workflow's name.</param>
    /// <exception cref="SettingsException">The file has none of that name.</exception>
    public WorkflowSettings GetWorkflow(string name) => Workflows.FirstOrDefault(workflow => workflow.Name == name)
        ?? throw new SettingsException(
            File, null, $"it has no section for the workflow '{name}'; add \"{name}\": {{ \"cases\": \"...\" }} under 'workflows'");

    /// <summary>A model.</summary>
    /// <param name="name">The model's name.</param>
    /// <returns>The model, or <see langword="null"/> where there is none of that name.</returns>
    public ModelSettings? FindModel(string name) => Models.FirstOrDefault(model => model.Name == name);
}
