using FlowCompile.Generators.Diagnostics;
using FlowCompile.Generators.Plans;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace FlowCompile.Analyzers;

/// <summary>Makes diagnostics that point into a file that is no source.</summary>
internal static class FileLocation
{
    public static Diagnostic Diagnose(AdditionalText file, FileProblem problem)
    {
        var location = Of(file, problem.Position);
        return Diagnostic.Create(problem.Descriptor, location, FixFacts.Shown([FileNames.NameOf(file.Path), .. problem.Arguments]));
    }

    /// <summary>A place in a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="position">The index of a character.</param>
    public static Location Of(AdditionalText file, int position)
    {
        if (file.GetText() is not { } text)
        {
            return Location.Create(file.Path, default, default);
        }

        var start = Math.Min(position, text.Length);
        var span = new TextSpan(start, Math.Min(1, text.Length - start));
        return Location.Create(file.Path, span, text.Lines.GetLinePositionSpan(span));
    }
}
