namespace FlowCompile.Compilation;

/// <summary>The names of proxies in plans, in <c>flowcompile.json</c> and on the command line.</summary>
public static class ProxyNames
{
    /// <summary>The name of a proxy: <c>paired</c> or <c>independent</c>.</summary>
    /// <param name="proxy">The proxy.</param>
    public static string ToName(this ProxyKind proxy) => proxy switch
    {
        ProxyKind.Paired => "paired",
        ProxyKind.Independent => "independent",
        _ => throw new ArgumentOutOfRangeException(nameof(proxy), proxy, "There is no such proxy."),
    };

    /// <summary>Reads a proxy's name.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="CompileException">There is no proxy of that name.</exception>
    public static ProxyKind Parse(string name) => name switch
    {
        "paired" => ProxyKind.Paired,
        "independent" => ProxyKind.Independent,
        _ => throw new CompileException($"There is no proxy '{name}'; there are: paired, independent."),
    };
}
