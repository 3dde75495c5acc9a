namespace FlowCompile.Models.Onnx;

/// <summary>A session's allocator of a device's memory.</summary>
internal static unsafe class SessionAllocator
{
    /// <summary>Creates it.</summary>
    /// <param name="session">The session.</param>
    /// <param name="device">ONNX Runtime's name of the memory: <c>Cpu</c> or <c>Cuda</c>.</param>
    /// <param name="id">Which device.</param>
    /// <exception cref="OrtException">The session does not use that device.</exception>
    public static OrtHandle Create(OrtHandle session, string device, int id)
    {
        var api = OrtApi.Current;
        nint memory, allocator;
        api.CreateMemoryInfo(device, id, &memory);
        using var info = new OrtHandle(memory, OrtFunction.ReleaseMemoryInfo);
        api.Check(((delegate* unmanaged<nint, nint, nint*, nint>)api[OrtFunction.CreateAllocator])(session.Value, memory, &allocator));
        return new OrtHandle(allocator, OrtFunction.ReleaseAllocator);
    }
}
