using Microsoft.CodeAnalysis.Diagnostics;

namespace FlowCompile.Analyzers.Checks;

/// <summary>Reports settings and plans that cannot be read.</summary>
internal static class FileCheck
{
    public static void Check(AdditionalFileAnalysisContext context, ProjectFiles files)
    {
        if (files.ProblemOf(context.AdditionalFile) is { } problem)
        {
            context.ReportDiagnostic(FileLocation.Diagnose(context.AdditionalFile, problem));
        }
    }
}
