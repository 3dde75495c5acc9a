using System.Text.Json;
using System.Text.Json.Nodes;
using FlowCompile.Tool.Projects;

namespace FlowCompile.Tool.Hosting;

/// <summary>
/// Makes the runtime configuration under which a project's workflows run in the tool: the frameworks that the project asks for, raised to
/// what the tool itself needs, and the project's own switches without those that a trimmed program sets for itself.
/// </summary>
internal static class RuntimeConfiguration
{
    private const string Core = "Microsoft.NETCore.App", Invariant = "System.Globalization.Invariant", PredefinedCultures = "System.Globalization.PredefinedCulturesOnly";

    // A trimmed or native program turns off what the tool reads cases and loads assemblies by.
    private static readonly HashSet<string> s_trimmed = new(StringComparer.Ordinal)
    {
        "System.Text.Json.JsonSerializer.IsReflectionEnabledByDefault", "System.Runtime.CompilerServices.RuntimeFeature.IsDynamicCodeSupported",
        "System.Diagnostics.Tracing.EventSource.IsSupported", "System.Resources.UseSystemResourceKeys", "System.Reflection.IsTypeConstructionEagerlyValidated",
        "System.Runtime.TieredPGO", "System.CommandLine.ExecutableName",
    };

    /// <summary>Makes the configuration.</summary>
    /// <param name="project">The project.</param>
    /// <param name="own">The tool's own configuration.</param>
    /// <param name="roots">The roots from which the paths of libraries start.</param>
    /// <param name="properties">Further properties.</param>
    /// <exception cref="ToolException">The project's configuration cannot be read.</exception>
    public static JsonObject Of(BuiltProject project, JsonObject own, IEnumerable<string> roots, IReadOnlyDictionary<string, string> properties)
    {
        var path = Path.ChangeExtension(project.Assembly, ".runtimeconfig.json");
        var options = File.Exists(path) ? Read(path)["runtimeOptions"]?.AsObject() : null;
        var ownOptions = own["runtimeOptions"]!.AsObject();
        var needed = FrameworksOf(ownOptions).First(framework => framework.Name == Core).Version;
        var frameworks = FrameworksOf(options).Concat(project.Frameworks.Select(name => (Name: name, Version: needed))).Append((Name: Core, Version: needed))
            .GroupBy(framework => framework.Name, StringComparer.Ordinal)
            .Select(same => (Name: same.Key, Version: same.Select(one => one.Version).Append(needed).MaxBy(PackageVersion.Parse)!));

        var switches = new JsonObject();
        foreach (var (name, value) in ((ownOptions["configProperties"] as JsonObject) ?? []).Where(pair => options is null || !pair.Key.StartsWith("System.Globalization.", StringComparison.Ordinal)))
        {
            switches[name] = value?.DeepClone();
        }

        foreach (var (name, value) in ((options?["configProperties"] as JsonObject) ?? []).Where(pair => !s_trimmed.Contains(pair.Key)))
        {
            switches[name] = value?.DeepClone();
        }

        if (options is null)
        {
            // A class library does not say which cultures it needs. It gets all of them, by the invariant rules.
            switches[Invariant] = true;
            switches[PredefinedCultures] = false;
        }

        foreach (var (name, value) in properties)
        {
            switches[name] = value;
        }

        return new JsonObject
        {
            ["runtimeOptions"] = new JsonObject
            {
                ["rollForward"] = options?["rollForward"]?.GetValue<string>() == "LatestMajor" ? "LatestMajor" : "Major",
                ["frameworks"] = new JsonArray([.. frameworks.Select(framework => new JsonObject { ["name"] = framework.Name, ["version"] = framework.Version })]),
                ["additionalProbingPaths"] = new JsonArray([.. roots.Select(root => JsonValue.Create(root))]),
                ["configProperties"] = switches,
            },
        };
    }

    /// <summary>Reads a configuration.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ToolException">It cannot be read.</exception>
    public static JsonObject Read(string path)
    {
        try
        {
            return JsonNode.Parse(File.ReadAllBytes(path))?.AsObject() ?? throw new JsonException("it is empty");
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            throw new ToolException($"{path}: it cannot be read ({error.Message}); build the project again.", ExitCode.BadProject, error);
        }
    }

    // One framework, several, or those that a self-contained program includes.
    private static IEnumerable<(string Name, string Version)> FrameworksOf(JsonObject? options)
    {
        IEnumerable<JsonNode?> all = [options?["framework"], .. (options?["frameworks"] as JsonArray) ?? [], .. (options?["includedFrameworks"] as JsonArray) ?? []];
        return all.OfType<JsonObject>().Select(one => (one["name"]?.GetValue<string>() ?? Core, one["version"]?.GetValue<string>() ?? "0.0.0"));
    }
}
