namespace FlowCompile.Testing.Fuzzing;

/// <summary>One reading of one input.</summary>
internal static class Attempt
{
    /// <summary>Reads an input; an exception that is not documented is a failure whose rule says where it came from.</summary>
    public static FuzzFailureException? Read(FuzzKind kind, FuzzInput input, out bool accepted)
    {
        accepted = false;
        try
        {
            accepted = kind.Read(input);
            return null;
        }
        catch (FuzzFailureException failure)
        {
            return failure;
        }
        catch (Exception e)
        {
            return new FuzzFailureException($"exception {e.GetType().Name} from {Origin(e)}", $"{e.GetType().Name}: {Refusal.Visible(e.Message)}", e);
        }
    }

    // The first method of FlowCompile in the trace.
    private static string Origin(Exception e)
    {
        foreach (var line in (e.StackTrace ?? "").Split('\n'))
        {
            var text = line.Trim();
            if (text.StartsWith("at FlowCompile.", StringComparison.Ordinal))
            {
                return text[3..].Split('(')[0];
            }
        }

        return "elsewhere";
    }
}
