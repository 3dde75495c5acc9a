namespace FlowCompile.Compilation;

/// <summary>How well a proxy agrees with what was measured end to end.</summary>
/// <param name="Proxy">The proxy's name.</param>
/// <param name="Accuracy">For accuracies.</param>
/// <param name="Latency">For mean latencies, in seconds.</param>
public sealed record ProxyFidelity(string Proxy, QuantityFidelity Accuracy, QuantityFidelity Latency);
