using System.Runtime.InteropServices;

namespace FlowCompile.Profiling;

/// <summary>
/// An NVIDIA GPU, by the energy that its driver counts (NVML's <c>nvmlDeviceGetTotalEnergyConsumption</c>: millijoules, Volta and later). NVML numbers the GPUs of
/// the machine, whatever <c>CUDA_VISIBLE_DEVICES</c> leaves of them to CUDA in this process.
/// </summary>
internal sealed unsafe class NvmlCounter : IEnergyCounter
{
    private const int Success = 0;
    private readonly delegate* unmanaged<nint, ulong*, int> _energy;
    private readonly nint _device;

    private NvmlCounter(string name, nint device, delegate* unmanaged<nint, ulong*, int> energy)
    {
        (Name, _device) = (name, device);
        _energy = energy;
    }

    public string Name { get; }

    public bool IsOfGpu => true;

    /// <summary>The GPUs of this machine.</summary>
    /// <returns>The GPUs; none where there is no driver, or one of them counts nothing.</returns>
    public static IReadOnlyList<NvmlCounter> Find() =>
        NativeLibrary.TryLoad(OperatingSystem.IsWindows() ? "nvml.dll" : "libnvidia-ml.so.1", out var library)
            ? Find(name => NativeLibrary.TryGetExport(library, name, out var function) ? function : 0)
            : [];

    /// <summary>The GPUs that a library knows. It stays loaded: the driver's counters are read as long as the process lives.</summary>
    /// <param name="export">The address of a function of the library; 0 where it has none of that name.</param>
    public static IReadOnlyList<NvmlCounter> Find(Func<string, nint> export)
    {
        var start = (delegate* unmanaged<int>)export("nvmlInit_v2");
        var count = (delegate* unmanaged<uint*, int>)export("nvmlDeviceGetCount_v2");
        var handle = (delegate* unmanaged<uint, nint*, int>)export("nvmlDeviceGetHandleByIndex_v2");
        var energy = (delegate* unmanaged<nint, ulong*, int>)export("nvmlDeviceGetTotalEnergyConsumption");
        uint devices;
        if (start == null || count == null || handle == null || energy == null || start() != Success || count(&devices) != Success)
        {
            return [];
        }

        var counters = new List<NvmlCounter>();
        for (var i = 0u; i < devices; i++)
        {
            nint device;
            ulong millijoules;
            if (handle(i, &device) != Success || energy(device, &millijoules) != Success)
            {
                return [];
            }

            counters.Add(new NvmlCounter(FormattableString.Invariant($"gpu-{i}"), device, energy));
        }

        return counters;
    }

    public double? Read()
    {
        ulong millijoules;
        return _energy(_device, &millijoules) == Success ? millijoules / 1e3 : null;
    }
}
