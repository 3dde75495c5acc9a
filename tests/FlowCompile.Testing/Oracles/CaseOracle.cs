using System.Text;
using System.Text.Json;
using FlowCompile.Profiling;
using FlowCompile.Testing.Fuzzing;

namespace FlowCompile.Testing.Oracles;

/// <summary>What the documentation says of files of cases, held against what was read.</summary>
public static class CaseOracle
{
    /// <summary>Checks cases that were accepted.</summary>
    /// <param name="content">The file.</param>
    /// <param name="cases">What was read.</param>
    /// <param name="descriptor">The workflow they are for.</param>
    /// <exception cref="FuzzFailureException">They are none by the documentation, or were read as something else.</exception>
    public static void Check(ReadOnlySpan<byte> content, IReadOnlyList<WorkflowCase> cases, WorkflowDescriptor descriptor)
    {
        var text = Decode(content);
        List<string> lines = [.. text.Split(["\r\n", "\n", "\r"], StringSplitOptions.None).Where(line => !string.IsNullOrWhiteSpace(line))];
        if (lines.Count != cases.Count)
        {
            throw new FuzzFailureException("read another number of cases than lines", $"{lines.Count} lines, {cases.Count} cases");
        }

        if (cases.Select(one => one.Id).Distinct(StringComparer.Ordinal).Count() != cases.Count)
        {
            throw new FuzzFailureException("accepted an id twice", "");
        }

        foreach (var (line, one) in lines.Zip(cases))
        {
            using var json = StrictJson.Accepted(Encoding.UTF8.GetBytes(line));
            Check(json.RootElement, one, descriptor);
        }
    }

    private static void Check(JsonElement json, WorkflowCase read, WorkflowDescriptor descriptor)
    {
        StrictJson.NoRepeats(json, "a case");
        StrictJson.Name(read.Id, "a case's id");
        if (json.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.String && StrictJson.Text(id) != read.Id)
        {
            throw new FuzzFailureException("read something else: id", Refusal.Visible($"{id} as {read.Id}"));
        }

        foreach (var (name, value) in descriptor.InputNames.Zip(read.Inputs))
        {
            var written = json.EnumerateObject().Single(member => string.Equals(StrictJson.Name(member), name, StringComparison.OrdinalIgnoreCase)).Value;
            var same = value switch
            {
                string text => written.ValueKind == JsonValueKind.String && StrictJson.Text(written) == text,
                int number => written.ValueKind == JsonValueKind.Number && written.GetDouble() == number,
                IReadOnlyList<string> list => written.ValueKind == JsonValueKind.Array && written.EnumerateArray().Select(item => item.ValueKind == JsonValueKind.Null ? null : StrictJson.Text(item)).SequenceEqual(list),
                _ => false,
            };
            if (!same)
            {
                throw new FuzzFailureException($"read something else: the input {name}", Refusal.Visible($"{written.GetRawText()} as {value}"));
            }
        }
    }

    // UTF-8, or what the mark at the start says.
    private static string Decode(ReadOnlySpan<byte> content)
    {
        Encoding encoding = content switch
        {
            [0, 0, 0xFE, 0xFF, ..] => new UTF32Encoding(true, true, true),
            [0xFF, 0xFE, 0, 0, ..] => new UTF32Encoding(false, true, true),
            [0xFF, 0xFE, ..] => new UnicodeEncoding(false, true, true),
            [0xFE, 0xFF, ..] => new UnicodeEncoding(true, true, true),
            _ => new UTF8Encoding(true, true),
        };
        try
        {
            return encoding.GetString(content.StartsWith(encoding.Preamble) ? content[encoding.Preamble.Length..] : content);
        }
        catch (DecoderFallbackException e)
        {
            throw new FuzzFailureException("accepted invalid text", e.Message.ReplaceLineEndings(" "), e);
        }
    }
}
