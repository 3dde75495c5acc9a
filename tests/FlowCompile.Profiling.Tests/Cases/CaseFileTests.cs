using FlowCompile.Profiling.TestHost;

namespace FlowCompile.Profiling.Tests.Cases;

public sealed class CaseFileTests : IDisposable
{
    private const string Good = """{"id": "a", "problem": "1", "answer": 2}""";
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Cases_are_read_in_order_with_their_inputs_and_what_is_expected()
    {
        var cases = Read(Good, "", """{"problem": "2", "answer": 4, "id": 17}""", """{"problem": "3", "answer": 6}""");

        Assert.Equal(["a", "17", "4"], cases.Select(one => one.Id));
        Assert.Equal(["1", "2", "3"], cases.Select(one => one.Inputs.Single()));
        Assert.Equal(new NumberCase("2", 4), cases[1].Expected);
    }

    [Fact]
    public void Limit_reads_the_first_cases_only() => Assert.Equal(
        ["a"], CaseFile.Read(_folder.Write("cases.jsonl", Good, "not json"), DoublingWorkflow.Descriptor, 1).Select(one => one.Id));

    [Fact]
    public void Hash_ignores_spacing_and_order_and_nothing_else()
    {
        var hash = Read(Good)[0].Hash;
        Assert.Equal(hash, Read("""{ "answer":2,"id":"a",   "problem":"1" }""")[0].Hash);
        Assert.Equal(hash, Read("""{"id": "\u0061", "problem": "1", "answer": 2}""")[0].Hash);
        Assert.NotEqual(hash, Read("""{"id": "a", "problem": "1", "answer": 3}""")[0].Hash);
        Assert.NotEqual(hash, Read("""{"id": "a", "problem": "1", "answer": 2, "level": 1}""")[0].Hash);
    }

    [Theory]
    [InlineData("{\"id\": \"b\", \"problem\": ", "not valid JSON")]
    [InlineData("[1, 2]", "a case is a JSON object, not Array")]
    [InlineData("""{"id": "b", "answer": 2}""", "lacks 'problem'")]
    [InlineData("""{"id": "b", "problem": 5, "answer": 2}""", "'problem' is no String")]
    [InlineData("""{"id": "b", "problem": null, "answer": 2}""", "'problem' is null")]
    [InlineData("""{"id": "b", "problem": "1", "PROBLEM": "2", "answer": 2}""", "'problem' is there 2 times")]
    [InlineData("""{"id": "b", "problem": "1", "answer": 2, "answer": 3}""", "'answer' is there 2 times")]
    [InlineData("""{"id": "b", "problem": "1", "answer": 2, "Answer": 3}""", "'answer' is there 2 times")]
    [InlineData("""{"id": "b", "problem": "1", "answer": 2, "more": [{"x": 1, "x": 2}]}""", "an object in it has the field 'x' twice")]
    [InlineData("""{"id": "b\u2028", "problem": "1", "answer": 2}""", "the id 'b\\u2028' has the character U+2028")]
    [InlineData("""{"id": "b\u001b[31m", "problem": "1", "answer": 2}""", "the id 'b\\u001B[31m' has the character U+001B")]
    [InlineData("""{"id": "b", "problem": "1"}""", "does not fit NumberCase")]
    [InlineData("""{"id": "b", "problem": "1", "answer": "two"}""", "does not fit NumberCase")]
    [InlineData("""{"id": "a", "problem": "1", "answer": 2}""", "the id 'a' is that of line 1 too")]
    [InlineData("""{"id": true, "problem": "1", "answer": 2}""", "'id' is neither a text nor a number")]
    [InlineData("""{"id": "\ud800", "problem": "1", "answer": 2}""", "not valid JSON")]
    [InlineData("""{"id": "b", "problem": "\ud800", "answer": 2}""", "not valid JSON")]
    [InlineData("""{"id": "b", "problem": "1", "answer": 2, "\udfff": 1}""", "not valid JSON")]
    public void Bad_line_is_named_with_file_and_number(string line, string problem)
    {
        var error = Assert.Throws<ProfileException>(() => Read(Good, "", line));

        Assert.StartsWith(_folder.File("cases.jsonl") + "(3): ", error.Message, StringComparison.Ordinal);
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void Text_with_the_mark_of_another_encoding_is_read_and_refused_where_it_is_none()
    {
        var path = _folder.File("wide.jsonl");
        File.WriteAllText(path, Good, System.Text.Encoding.Unicode);
        Assert.Equal("a", CaseFile.Read(path, DoublingWorkflow.Descriptor).Single().Id);

        // Half of a pair between the quotes of the id.
        var bytes = File.ReadAllBytes(path);
        (bytes[2 + (8 * 2)], bytes[2 + (8 * 2) + 1]) = (0x00, 0xD8);
        File.WriteAllBytes(path, bytes);
        Assert.Contains("save the file as UTF-8", Assert.Throws<ProfileException>(() => CaseFile.Read(path, DoublingWorkflow.Descriptor)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void File_without_cases_says_what_to_write()
    {
        var error = Assert.Throws<ProfileException>(() => Read("", "   "));
        Assert.Contains("there are no cases; write one JSON object per line with the field 'problem'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Missing_file_says_where_its_path_comes_from()
    {
        var error = Assert.Throws<ProfileException>(() => CaseFile.Read(_folder.File("none.jsonl"), DoublingWorkflow.Descriptor));
        Assert.Contains("there is no such file; check the path", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Folder_in_place_of_the_file_is_refused_in_one_line()
    {
        Directory.CreateDirectory(_folder.File("cases"));
        Assert.Throws<ProfileException>(() => CaseFile.Read(_folder.File("cases"), DoublingWorkflow.Descriptor));
    }

    private IReadOnlyList<WorkflowCase> Read(params string[] lines) => CaseFile.Read(_folder.Write("cases.jsonl", lines), DoublingWorkflow.Descriptor);
}
