namespace FlowCompile.Settings;

/// <summary>What kind of value an option of a provider is.</summary>
internal enum ModelOptionShape
{
    /// <summary>A text.</summary>
    Text,

    /// <summary>A text for the model, of any lines.</summary>
    Prose,

    /// <summary>A whole number.</summary>
    Number,

    /// <summary>An object of any members.</summary>
    Object,

    /// <summary>An object whose keys are reasoning budgets, or <c>*</c>, and whose values are objects of any members.</summary>
    ObjectByBudget,

    /// <summary>An object of texts.</summary>
    Texts,

    /// <summary>An object of texts, or <c>null</c>, under known names.</summary>
    TextsOrNull,
}
