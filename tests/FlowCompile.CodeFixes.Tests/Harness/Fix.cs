namespace FlowCompile.CodeFixes.Tests.Harness;

/// <summary>What must hold of a fix: it gives the text expected, and what it fixes is reported no more.</summary>
internal static class Fix
{
    /// <summary>Fixes the only diagnostic of an id.</summary>
    public static async Task<Editor> AssertAsync(string id, string before, string after, string? title = null)
    {
        var editor = Editor.Open(before);
        Assert.Single(await editor.DiagnosticsAsync(id));
        return await AssertAsync(await editor.FixAsync(id, title), id, after);
    }

    /// <summary>Fixes several diagnostics of an id at once.</summary>
    public static async Task<Editor> AssertAllAsync(string id, string before, string after, string? title = null)
    {
        var editor = Editor.Open(before);
        Assert.True((await editor.DiagnosticsAsync(id)).Length > 1, $"{id} is to be reported more than once.");
        return await AssertAsync(await editor.FixAllAsync(id, title), id, after);
    }

    private static async Task<Editor> AssertAsync(Editor fixedEditor, string id, string after)
    {
        Assert.Equal(after, fixedEditor.Text);
        Assert.Empty(await fixedEditor.DiagnosticsAsync(id));
        return fixedEditor;
    }
}
