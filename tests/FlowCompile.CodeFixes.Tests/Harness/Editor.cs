using System.Collections.Immutable;
using FlowCompile.Analyzers;
using FlowCompile.Generators;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace FlowCompile.CodeFixes.Tests.Harness;

/// <summary>A project open in an editor: what the analyzers report of it, and what the fixes that they offer make of it.</summary>
internal sealed class Editor
{
    private static readonly ImmutableArray<MetadataReference> s_references =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path) is "FlowCompile.dll" || !Path.GetFileName(path).StartsWith("FlowCompile", StringComparison.Ordinal))
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    private readonly Solution _solution;
    private readonly ProjectId _project;
    private readonly ImmutableArray<AdditionalText> _files;

    private Editor(Solution solution, ProjectId project, ImmutableArray<AdditionalText> files) => (_solution, _project, _files) = (solution, project, files);

    /// <summary>Every fix there is.</summary>
    public static IReadOnlyList<CodeFixProvider> Providers { get; } =
    [
        .. typeof(MakePartialFix).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(CodeFixProvider)))
            .OrderBy(type => type.Name, StringComparer.Ordinal)
            .Select(type => (CodeFixProvider)Activator.CreateInstance(type)!),
    ];

    public Project Project => _solution.GetProject(_project)!;

    /// <summary>The text of the only file, or of the first of several.</summary>
    public string Text => TextOf(0);

    /// <summary>Opens files that hold the usings of a project with workflows besides.</summary>
    public static Editor Open(string[] sources, params AdditionalText[] files)
    {
        using var workspace = new AdhocWorkspace();
        var project = ProjectId.CreateNewId();
        var solution = workspace.CurrentSolution.AddProject(ProjectInfo.Create(
            project,
            VersionStamp.Default,
            "Edited",
            "Edited",
            LanguageNames.CSharp,
            parseOptions: new CSharpParseOptions(LanguageVersion.Preview),
            compilationOptions: new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable),
            metadataReferences: s_references));
        string[] all = [Sources.ImplicitUsings + "\nglobal using FlowCompile;", .. sources];
        for (var i = 0; i < all.Length; i++)
        {
            solution = solution.AddDocument(DocumentId.CreateNewId(project), $"Source{i}.cs", SourceText.From(all[i]), filePath: $"/project/Source{i}.cs");
        }

        return new Editor(solution, project, [.. files]);
    }

    /// <inheritdoc cref="Open(string[], AdditionalText[])"/>
    public static Editor Open(string source, params AdditionalText[] files) => Open([source], files);

    public string TextOf(int file) => Document(file).GetTextAsync().Result.ToString();

    /// <summary>What the analyzers report under an id.</summary>
    public async Task<ImmutableArray<Diagnostic>> DiagnosticsAsync(string id) => [.. (await DiagnosticsAsync()).Where(diagnostic => diagnostic.Id == id)];

    /// <summary>The fixes offered for the first diagnostic of an id.</summary>
    public async Task<IReadOnlyList<CodeAction>> FixesAsync(string id) => await FixesAsync((await DiagnosticsAsync(id))[0]);

    /// <summary>Fixes the first diagnostic of an id, by the fix of a title, or by the first offered.</summary>
    public async Task<Editor> FixAsync(string id, string? title = null) => await ApplyAsync(Choose(await FixesAsync(id), title));

    /// <summary>Makes the same fix at every diagnostic of an id in the project.</summary>
    public async Task<Editor> FixAllAsync(string id, string? title = null)
    {
        var diagnostics = await DiagnosticsAsync(id);
        var action = Choose(await FixesAsync(diagnostics[0]), title);
        var provider = Provider(id);
        var all = await provider.GetFixAllProvider()!.GetFixAsync(new FixAllContext(
            Project, provider, FixAllScope.Project, action.EquivalenceKey!, [id], new Found(this, id), CancellationToken.None));
        Assert.NotNull(all);
        return await ApplyAsync(all);
    }

    /// <summary>Requires that the project, with what is generated into it, compiles.</summary>
    public async Task<Editor> AssertCompilesAsync()
    {
        CSharpGeneratorDriver.Create([new WorkflowGenerator().AsSourceGenerator()], _files, (CSharpParseOptions)Project.ParseOptions!)
            .RunGeneratorsAndUpdateCompilation((await Project.GetCompilationAsync())!, out var output, out _);
        Assert.Empty(output.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        return this;
    }

    private static CodeFixProvider Provider(string id) => Assert.Single(Providers, provider => provider.FixableDiagnosticIds.Contains(id));

    private static CodeAction Choose(IReadOnlyList<CodeAction> actions, string? title)
    {
        Assert.NotEmpty(actions);
        return title is null ? actions[0] : Assert.Single(actions, action => action.Title == title);
    }

    private Document Document(int file) => Project.Documents.ElementAt(file + 1);

    private async Task<ImmutableArray<Diagnostic>> DiagnosticsAsync() => await (await Project.GetCompilationAsync())!
        .WithAnalyzers([new WorkflowAnalyzer()], new AnalyzerOptions(_files))
        .GetAnalyzerDiagnosticsAsync();

    private async Task<IReadOnlyList<CodeAction>> FixesAsync(Diagnostic diagnostic)
    {
        var actions = new List<CodeAction>();
        await Provider(diagnostic.Id).RegisterCodeFixesAsync(new CodeFixContext(
            _solution.GetDocument(diagnostic.Location.SourceTree)!, diagnostic, (action, _) => actions.Add(action), CancellationToken.None));
        return actions;
    }

    private async Task<Editor> ApplyAsync(CodeAction action)
    {
        var operations = await action.GetOperationsAsync(CancellationToken.None);
        return new Editor(operations.OfType<ApplyChangesOperation>().Single().ChangedSolution, _project, _files);
    }

    private sealed class Found(Editor editor, string id) : FixAllContext.DiagnosticProvider
    {
        public override async Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            await editor.DiagnosticsAsync(id);

        public override async Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken)
        {
            var tree = await document.GetSyntaxTreeAsync(cancellationToken);
            return (await editor.DiagnosticsAsync(id)).Where(diagnostic => diagnostic.Location.SourceTree == tree);
        }

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            Task.FromResult(Enumerable.Empty<Diagnostic>());
    }
}
