namespace FlowCompile.Models.OpenAI;

/// <summary>A header that is sent with every call of a model.</summary>
/// <param name="name">Its name.</param>
/// <param name="value">Its value.</param>
/// <param name="isSecret">
/// Whether the value is a secret (default: yes): taken out of what servers say in errors, and no part of the model's identity.
/// </param>
public sealed class ModelHeader(string name, string value, bool isSecret = true)
{
    /// <summary>Its name.</summary>
    public string Name { get; } = name;

    /// <summary>Its value. It is sent to the endpoint and written nowhere where it is a secret.</summary>
    public string Value { get; } = value;

    /// <summary>Whether the value is a secret.</summary>
    public bool IsSecret { get; } = isSecret;

    /// <summary>The name: the value may be a secret.</summary>
    public override string ToString() => Name;
}
