namespace FlowCompile.Profiling;

/// <summary>One case: the workflow's inputs, and what its score methods compare outputs with.</summary>
public sealed class WorkflowCase
{
    /// <summary>Creates a case.</summary>
    /// <param name="id">Its id, unique in its file.</param>
    /// <param name="hash">The hash of its content.</param>
    /// <param name="inputs">The values of the workflow's inputs, in the order of <see cref="WorkflowDescriptor.InputNames"/>.</param>
    /// <param name="expected">The case as <see cref="WorkflowDescriptor.CaseType"/>; <see langword="null"/> for a workflow without one.</param>
    /// <param name="json">The case as canonical JSON.</param>
    public WorkflowCase(string id, string hash, IReadOnlyList<object?> inputs, object? expected, string json)
    {
        Id = id;
        Hash = hash;
        Inputs = inputs;
        Expected = expected;
        Json = json;
    }

    /// <summary>Its id, unique in its file: the field <c>id</c>, or the number of its line.</summary>
    public string Id { get; }

    /// <summary>The hash of its content, whatever the order and spacing of its fields: 64 hexadecimal digits.</summary>
    public string Hash { get; }

    /// <summary>The values of the workflow's inputs, in the order of <see cref="WorkflowDescriptor.InputNames"/>.</summary>
    public IReadOnlyList<object?> Inputs { get; }

    /// <summary>The case as <see cref="WorkflowDescriptor.CaseType"/>; <see langword="null"/> for a workflow without one.</summary>
    public object? Expected { get; }

    /// <summary>The case as canonical JSON.</summary>
    public string Json { get; }

    /// <inheritdoc/>
    public override string ToString() => Id;
}
