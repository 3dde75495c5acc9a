using System.Runtime.InteropServices;

namespace FlowCompile.Profiling.Tests.Energy;

/// <summary>The functions of NVML, as a driver of two GPUs would have them, called through the same addresses and conventions.</summary>
public sealed unsafe class NvmlCounterTests
{
    // Before it is initialised, NVML answers every call with this.
    private const int Uninitialised = 1;

    private static ulong s_millijoules;
    private static int s_start;
    private static bool s_isStarted;
    private static int s_status;

    public NvmlCounterTests() => (s_start, s_isStarted) = (0, false);

    [Fact]
    public void Gpus_count_joules()
    {
        (s_status, s_millijoules) = (0, 5000);
        var counters = NvmlCounter.Find(Export);
        Assert.Equal(["gpu-0", "gpu-1"], counters.Select(counter => counter.Name));
        s_millijoules = 7500;
        Assert.Equal([7.6, 7.7], counters.Select(counter => counter.Read()!.Value));

        // Not supported, all of a sudden.
        s_status = 3;
        Assert.Null(counters[0].Read());
    }

    [Fact]
    public void Gpu_that_counts_nothing_makes_all_unknown()
    {
        s_status = 3;
        Assert.Empty(NvmlCounter.Find(Export));
    }

    [Fact]
    public void Library_that_finds_no_driver_is_none()
    {
        (s_status, s_start) = (0, 9);
        Assert.Empty(NvmlCounter.Find(Export));
    }

    [Theory]
    [InlineData("nvmlInit_v2")]
    [InlineData("nvmlDeviceGetTotalEnergyConsumption")]
    public void Library_that_lacks_a_function_is_none(string missing) => Assert.Empty(NvmlCounter.Find(name => name == missing ? 0 : Export(name)));

    [Fact]
    public void Machine_without_a_driver_has_none()
    {
        if (!NativeLibrary.TryLoad("libnvidia-ml.so.1", out _))
        {
            Assert.Empty(NvmlCounter.Find());
        }
    }

    private static nint Export(string name) => name switch
    {
        "nvmlInit_v2" => (nint)(delegate* unmanaged<int>)&Init,
        "nvmlDeviceGetCount_v2" => (nint)(delegate* unmanaged<uint*, int>)&Count,
        "nvmlDeviceGetHandleByIndex_v2" => (nint)(delegate* unmanaged<uint, nint*, int>)&Handle,
        "nvmlDeviceGetTotalEnergyConsumption" => (nint)(delegate* unmanaged<nint, ulong*, int>)&Energy,
        _ => 0,
    };

    [UnmanagedCallersOnly]
    private static int Init()
    {
        s_isStarted = s_start == 0;
        return s_start;
    }

    [UnmanagedCallersOnly]
    private static int Count(uint* count)
    {
        *count = 2;
        return s_isStarted ? 0 : Uninitialised;
    }

    [UnmanagedCallersOnly]
    private static int Handle(uint index, nint* device)
    {
        *device = 100 + (nint)(100 * index);
        return s_isStarted ? 0 : Uninitialised;
    }

    [UnmanagedCallersOnly]
    private static int Energy(nint device, ulong* millijoules)
    {
        *millijoules = s_millijoules + (ulong)device;
        return s_isStarted ? s_status : Uninitialised;
    }
}
