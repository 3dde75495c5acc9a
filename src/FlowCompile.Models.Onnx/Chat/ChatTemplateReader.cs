using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using FlowCompile.Files;

namespace FlowCompile.Models.Onnx;

/// <summary>
/// Finds the format of a model by its chat template, which is in <c>chat_template.jinja</c> or in <c>tokenizer_config.json</c>. A template is a
/// program: it is not run, but recognised by what is in it, and the texts that a format leaves to it are read from it.
/// </summary>
internal static partial class ChatTemplateReader
{
    private const string Config = "tokenizer_config.json";
    private const string Jinja = "chat_template.jinja";
    private const long LargestTemplate = 4L << 20;

    /// <summary>Finds the format of a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="wanted">The format that settings say; <see langword="null"/> to go by the template.</param>
    /// <param name="isPlain">Whether a model without a template takes texts as they are.</param>
    /// <returns>The format; <see langword="null"/> for texts as they are.</returns>
    /// <exception cref="ModelLoadException">A file is malformed, there is no template, or none that is known.</exception>
    public static ChatFormat? Read(string folder, string? wanted, bool isPlain)
    {
        if (wanted == ChatFormats.Plain)
        {
            return null;
        }

        using var config = File.Exists(Path.Combine(folder, Config)) ? JsonFile.Open(folder, Config) : null;
        var (path, template) = Template(folder, config);
        var format = wanted is not null ? ChatFormats.All.First(one => one.Name == wanted)
            : template is not null ? ChatFormats.All.FirstOrDefault(one => one.Fits(template))
            : null;
        if (format is not null)
        {
            return template is not null && format.Fits(template) ? WithTexts(format, path, template, config) : format;
        }

        return template is null && isPlain ? null : throw new ModelLoadException(template is null
            ? $"{folder}: there is no chat template, neither in {Config} nor as {Jinja}: add it from where the model came from, or {Remedy}."
            : $"{path}: the chat template is of no format that is known here: {Remedy}.");
    }

    private static string Remedy => $"say in the model's settings which \"chatFormat\" it has: {string.Join(", ", ChatFormats.Names)}";

    private static (string Path, string? Template) Template(string folder, JsonFile? config)
    {
        var path = Path.Combine(folder, Jinja);
        try
        {
            if (File.Exists(path))
            {
                return (path, Even(Encoding.UTF8.GetString(InputFile.ReadAll(path, LargestTemplate))));
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ModelLoadException($"{path}: the file cannot be read: {OneLine.Of(error.Message)}.", error);
        }

        if (config is null || !JsonFile.TryGet(config.Root, "chat_template", out var value))
        {
            return (path, null);
        }

        // Some models have several, by name; the default is the one for conversations.
        var root = JsonPart.Root(config);
        return (config.Path, Even(value.ValueKind == JsonValueKind.Array
            ? root.List("chat_template").Where(one => one.Text("name") == "default").Select(one => one.Text("template")).FirstOrDefault() ?? ""
            : root.Text("chat_template")));
    }

    // Templates write the same texts in several ways.
    private static string Even(string template) => template.Replace("\r\n", "\n", StringComparison.Ordinal).Replace("\\n", "\n", StringComparison.Ordinal).Replace('"', '\'');

    private static ChatFormat WithTexts(ChatFormat format, string path, string template, JsonFile? config)
    {
        // Where a system message is written as it is, there is nothing but a literal between its marks.
        var system = Regex.Match(
            template, $"{Regex.Escape(format.System.Before)}([^'{{}}]+?){Regex.Escape(format.System.After)}", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
        var knowledge = KnowledgeDate().Match(template);
        var date = DateText().Match(template);
        if (knowledge.Success && !date.Success)
        {
            throw new ModelLoadException($"{path}: the chat template writes a date that is not found in it: {Remedy}.");
        }

        return format with
        {
            Begin = template.Contains("bos_token", StringComparison.Ordinal) ? Bos(config) ?? format.Begin : "",
            DefaultSystem = format.System.After.Length > 0 && system.Success ? system.Groups[1].Value : knowledge.Success ? "" : null,
            SystemPrefix = knowledge.Success ? $"{knowledge.Value}Today Date: {date.Groups[1].Value}\n\n" : "",
        };
    }

    private static string? Bos(JsonFile? config) => config is null || !JsonFile.TryGet(config.Root, "bos_token", out var value) ? null
        : value.ValueKind == JsonValueKind.Object ? JsonPart.Root(config).Optional("bos_token")!.Value.Text("content")
        : JsonPart.Root(config).Text("bos_token");

    [GeneratedRegex("Cutting Knowledge Date: [A-Za-z0-9 ]+\n")]
    private static partial Regex KnowledgeDate();

    // The day of the request would make a prompt another one every day: what the template has for programs without a clock is taken.
    [GeneratedRegex("date_string = '([A-Za-z0-9 ]+)'")]
    private static partial Regex DateText();
}
