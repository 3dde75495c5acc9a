namespace FlowCompile.Generators.Model;

/// <summary>How a method returns its result.</summary>
internal enum ResultShape
{
    /// <summary>Directly.</summary>
    Value,

    /// <summary>As a <c>Task&lt;T&gt;</c>.</summary>
    Task,

    /// <summary>As a <c>ValueTask&lt;T&gt;</c>.</summary>
    ValueTask,
}
