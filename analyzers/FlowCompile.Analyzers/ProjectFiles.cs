using System.Collections.Immutable;
using FlowCompile.Generators.Plans;
using Microsoft.CodeAnalysis;

namespace FlowCompile.Analyzers;

/// <summary>The settings and plans of the project, each read once.</summary>
internal sealed class ProjectFiles
{
    private readonly Lazy<(AdditionalText File, SettingsDocument? Settings, FileProblem? Problem)[]> _settings;
    private readonly Lazy<(AdditionalText File, PlanDocument? Plan, FileProblem? Problem)[]> _plans;

    public ProjectFiles(ImmutableArray<AdditionalText> files)
    {
        _settings = new(() => [.. files.Where(file => FileNames.IsSettings(file.Path)).Select(ReadSettings)]);
        _plans = new(() => [.. files.Where(file => FileNames.IsPlan(file.Path)).GroupBy(file => file.Path).Select(same => same.First()).OrderBy(file => file.Path, StringComparer.Ordinal).Select(ReadPlan)]);
    }

    /// <summary>The settings; null where there are none that can be read.</summary>
    public SettingsDocument? Settings => _settings.Value.Select(file => file.Settings).FirstOrDefault(settings => settings is not null);

    /// <summary>The plan files, by path.</summary>
    public IReadOnlyList<(AdditionalText File, PlanDocument? Plan, FileProblem? Problem)> Plans => _plans.Value;

    /// <summary>Why a file cannot be read.</summary>
    public FileProblem? ProblemOf(AdditionalText file) =>
        _settings.Value.FirstOrDefault(other => other.File == file).Problem ?? _plans.Value.FirstOrDefault(other => other.File == file).Problem;

    private static (AdditionalText File, SettingsDocument? Settings, FileProblem? Problem) ReadSettings(AdditionalText file)
    {
        FileProblem? problem = null;
        var settings = file.GetText() is { } text ? SettingsReader.TryRead(text.ToString(), out problem) : null;
        return (file, settings, problem);
    }

    private static (AdditionalText File, PlanDocument? Plan, FileProblem? Problem) ReadPlan(AdditionalText file)
    {
        FileProblem? problem = null;
        var plan = file.GetText() is { } text ? PlanReader.TryRead(text.ToString(), out problem) : null;
        return (file, plan, problem);
    }
}
