namespace FlowCompile.Compilation;

/// <summary>One step of the compiler: it takes what the passes before it left in the state, and leaves more.</summary>
internal interface ICompilePass
{
    /// <summary>The name in <c>flowcompile explain</c>.</summary>
    string Name { get; }

    /// <summary>Runs the pass, and records what it did.</summary>
    void Run(CompileState state);
}
