namespace FlowCompile.Testing.Oracles;

/// <summary>Settings as plans write them, <c>model@budget</c>.</summary>
internal static class SettingText
{
    /// <summary>A setting without zeros before its budget: that is a number, however many stand there.</summary>
    /// <param name="text">The setting, or a text that is none and stays as it is.</param>
    public static string Of(string text)
    {
        var at = text.LastIndexOf('@');
        var budget = text.AsSpan(at + 1);
        if (at < 0 || budget.IsEmpty || budget.ContainsAnyExceptInRange('0', '9'))
        {
            return text;
        }

        var digits = budget.TrimStart('0');
        return $"{text.AsSpan(0, at)}@{(digits.IsEmpty ? "0" : digits)}";
    }
}
