using System.Text;
using FlowCompile.Files;
using FlowCompile.Plans;
using FlowCompile.Settings;
using FlowCompile.Tests.Graph;

namespace FlowCompile.Tests.Files;

/// <summary>What is no ordinary file is refused at once, whatever leads to it, and a link to a file is that file.</summary>
public sealed class InputFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("flowcompile-files");

    private string Path => System.IO.Path.Combine(_folder.FullName, "flowcompile.json");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("folder", "is a folder")]
    [InlineData("fifo", "it is a pipe or a device, not a file")]
    [InlineData("link to a fifo", "it is a pipe or a device, not a file")]
    [InlineData("socket", "it is a socket or a device, not a file")]
    [InlineData("/dev/zero", "it is larger than 64 MiB")]
    [InlineData("/dev/null", "")]
    [InlineData("huge", "it is larger than 64 MiB")]
    [InlineData("loop", "it cannot be read")]
    [InlineData("link to nothing", "there is no such")]
    [InlineData("nothing", "there is no such")]
    public void Plans_and_settings_refuse_it(string kind, string expected)
    {
        if (!OddFiles.TryMake(Path, kind))
        {
            return;
        }

        var graph = Graphs.Math();
        Assert.Contains(expected, Assert.Throws<PlanException>(() => PlanFile.Read(Path, graph)).Message, StringComparison.Ordinal);
        Assert.Contains(expected, Assert.Throws<PlanException>(() => PlanFile.ReadDocument(Path)).Message, StringComparison.Ordinal);
        if (kind != "folder")
        {
            Assert.Contains(expected, Assert.Throws<SettingsException>(() => ProjectSettings.Load(Path)).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_link_is_what_it_leads_to_whatever_the_length_of_the_link()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        File.WriteAllText(Path + ".real", "content");
        File.CreateSymbolicLink(Path + ".between", Path + ".real");
        File.CreateSymbolicLink(Path, Path + ".between");
        Assert.Equal("content", Encoding.UTF8.GetString(InputFile.ReadAll(Path, 7)));
        Assert.Throws<FileKindException>(() => InputFile.ReadAll(Path, 6));
    }

    [Fact]
    public void Bytes_that_are_no_text_are_named_by_line_and_byte()
    {
        byte[] invalid = [.. "{\n  \"models\": \"caf"u8, 0xE9, .. "\" }"u8];
        File.WriteAllBytes(Path, invalid);
        Assert.Contains("flowcompile.json(2): it is not valid JSON: the byte 0xE9, byte 17 of the line, is not UTF-8", Assert.Throws<SettingsException>(() => ProjectSettings.Load(Path)).Message, StringComparison.Ordinal);
        Assert.Contains("(2): it is not a plan, for it is not valid JSON: the byte 0xE9, byte 17 of the line, is not UTF-8", Assert.Throws<PlanException>(() => PlanFile.ReadDocument(Path)).Message, StringComparison.Ordinal);
        File.WriteAllText(Path, "{\n  \"models\": \"\\ud800\" }");
        Assert.Contains("flowcompile.json(2): it is not valid JSON: the text at column 13 holds half of a surrogate pair", Assert.Throws<SettingsException>(() => ProjectSettings.Load(Path)).Message, StringComparison.Ordinal);
    }
}
