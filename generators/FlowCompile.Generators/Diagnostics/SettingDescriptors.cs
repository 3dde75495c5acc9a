using Microsoft.CodeAnalysis;

namespace FlowCompile.Generators.Diagnostics;

/// <summary>What can be wrong with models, budgets and temperatures.</summary>
internal static class SettingDescriptors
{
    private const string Category = "FlowCompile.Setting";

    /// <summary>The reasoning budgets are wrong.</summary>
    public static readonly DiagnosticDescriptor BadBudgets = new(
        "FC0401",
        "The reasoning budgets are wrong",
        "Reasoning budgets of '{0}' are wrong: {1}; write them ascending, each once, none negative",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: DescriptorHelper.HelpLink("FC0401"));

    /// <summary>The model is unknown.</summary>
    public static readonly DiagnosticDescriptor UnknownModel = new(
        "FC0402",
        "The model is unknown",
        "'{0}' may run on model '{1}', but flowcompile.json has no such model; {2}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: DescriptorHelper.HelpLink("FC0402"));

    /// <summary>The temperature is wrong.</summary>
    public static readonly DiagnosticDescriptor BadTemperature = new(
        "FC0403",
        "The temperature is wrong",
        "Temperature {1} of '{0}' is no sampling temperature; it is 0 or more, 0 is greedy",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: DescriptorHelper.HelpLink("FC0403"));

    /// <summary>The settings file cannot be read.</summary>
    public static readonly DiagnosticDescriptor UnreadableFile = new(
        "FC0404",
        "The settings file cannot be read",
        "'{0}' cannot be read: {1}",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: DescriptorHelper.HelpLink("FC0404"));

    /// <summary>A model is named twice.</summary>
    public static readonly DiagnosticDescriptor RepeatedModel = new(
        "FC0405",
        "A model is named twice",
        "'{0}' names the model '{1}' twice; name each once",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: DescriptorHelper.HelpLink("FC0405"));

    /// <summary>The budget does not fit the model's context.</summary>
    public static readonly DiagnosticDescriptor BudgetBeyondContext = new(
        "FC0406",
        "The budget does not fit the model's context",
        "'{0}' may think for {1} tokens on model '{2}', whose context has {3}; leave the budget out, or run it on other models",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: DescriptorHelper.HelpLink("FC0406"));
}
