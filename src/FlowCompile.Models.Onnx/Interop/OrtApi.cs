using System.Runtime.InteropServices;

namespace FlowCompile.Models.Onnx;

/// <summary>
/// ONNX Runtime's C interface: the function table, and the calls the decoder makes through it. One for the process; the library is never
/// unloaded, so that handles may be released at any time.
/// </summary>
internal sealed unsafe class OrtApi
{
    private const int LogFatalOnly = 4;
    private static readonly Lazy<OrtApi> s_current = new(Open);

    private readonly nint* _functions;
    private readonly delegate* unmanaged<nint, nint, byte**, nint*, nuint, byte**, nuint, nint*, nint> _run;
    private readonly delegate* unmanaged<nint, void*, nuint, long*, nuint, OrtElementType, nint*, nint> _createTensor;
    private readonly delegate* unmanaged<nint, nint*, nint> _getTensorData;
    private readonly delegate* unmanaged<nint, void> _releaseValue;

    private OrtApi(nint functions, string? folder)
    {
        _functions = (nint*)functions;
        Folder = folder;
        _run = (delegate* unmanaged<nint, nint, byte**, nint*, nuint, byte**, nuint, nint*, nint>)this[OrtFunction.Run];
        _createTensor = (delegate* unmanaged<nint, void*, nuint, long*, nuint, OrtElementType, nint*, nint>)
            this[OrtFunction.CreateTensorWithDataAsOrtValue];
        _getTensorData = (delegate* unmanaged<nint, nint*, nint>)this[OrtFunction.GetTensorMutableData];
        _releaseValue = (delegate* unmanaged<nint, void>)this[OrtFunction.ReleaseValue];

        // Errors come back as statuses; the log would only repeat them on the terminal.
        nint environment, memory;
        fixed (byte* name = "FlowCompile\0"u8)
        {
            Check(((delegate* unmanaged<int, byte*, nint*, nint>)this[OrtFunction.CreateEnv])(LogFatalOnly, name, &environment));
        }

        Check(((delegate* unmanaged<nint, nint>)this[OrtFunction.DisableTelemetryEvents])(environment));
        Environment = environment;
        CreateMemoryInfo("Cpu", 0, &memory);
        CpuMemory = memory;
    }

    /// <summary>The interface of this process.</summary>
    /// <exception cref="ModelLoadException">The native library was not found or does not load.</exception>
    public static OrtApi Current => s_current.Value;

    /// <summary>The folder the library was found in; <see langword="null"/> where the system found it.</summary>
    public string? Folder { get; }

    /// <summary>The process's environment. It lives as long as the process.</summary>
    public nint Environment { get; }

    /// <summary>Describes memory that the program itself owns.</summary>
    public nint CpuMemory { get; }

    /// <summary>The address of a function.</summary>
    /// <param name="function">The function.</param>
    public nint this[OrtFunction function] => _functions[(int)function];

    /// <summary>Throws what a status says, and releases it.</summary>
    /// <param name="status">The status; 0 is success.</param>
    /// <exception cref="OrtException">The status is not success.</exception>
    public void Check(nint status)
    {
        if (status != 0)
        {
            Throw(status);
        }
    }

    /// <summary>Runs a session. Outputs that are 0 are allocated by ONNX Runtime.</summary>
    public void Run(nint session, byte** inputNames, nint* inputs, int inputCount, byte** outputNames, nint* outputs, int outputCount) =>
        Check(_run(session, 0, inputNames, inputs, (nuint)inputCount, outputNames, (nuint)outputCount, outputs));

    /// <summary>A tensor over memory of the program, which must outlive it.</summary>
    public nint CreateTensor(void* data, nuint bytes, ReadOnlySpan<long> shape, OrtElementType type)
    {
        nint value;
        fixed (long* dimensions = shape)
        {
            Check(_createTensor(CpuMemory, data, bytes, dimensions, (nuint)shape.Length, type, &value));
        }

        return value;
    }

    /// <summary>A tensor in an allocator's memory.</summary>
    public nint CreateTensor(nint allocator, ReadOnlySpan<long> shape, OrtElementType type)
    {
        nint value;
        fixed (long* dimensions = shape)
        {
            Check(((delegate* unmanaged<nint, long*, nuint, OrtElementType, nint*, nint>)this[OrtFunction.CreateTensorAsOrtValue])(
                allocator, dimensions, (nuint)shape.Length, type, &value));
        }

        return value;
    }

    /// <summary>Where a tensor's elements lie.</summary>
    public nint GetTensorData(nint value)
    {
        nint data;
        Check(_getTensorData(value, &data));
        return data;
    }

    /// <summary>How many elements a tensor has.</summary>
    public long GetElementCount(nint value)
    {
        nint info;
        nuint count;
        Check(((delegate* unmanaged<nint, nint*, nint>)this[OrtFunction.GetTensorTypeAndShape])(value, &info));
        using var handle = new OrtHandle(info, OrtFunction.ReleaseTensorTypeAndShapeInfo);
        Check(((delegate* unmanaged<nint, nuint*, nint>)this[OrtFunction.GetTensorShapeElementCount])(info, &count));
        return (long)count;
    }

    /// <summary>Releases a value.</summary>
    public void ReleaseValue(nint value) => _releaseValue(value);

    /// <summary>Describes a device's memory.</summary>
    public void CreateMemoryInfo(string device, int id, nint* memory)
    {
        const int arenaAllocator = 1, defaultMemory = 0;
        using var name = new Utf8String(device);
        Check(((delegate* unmanaged<byte*, int, int, int, nint*, nint>)this[OrtFunction.CreateMemoryInfo])(
            name.Pointer, arenaAllocator, id, defaultMemory, memory));
    }

    private static OrtApi Open()
    {
        var folders = (AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") as string ?? string.Empty)
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        var (table, folder) = OrtLibrary.Load(AppContext.BaseDirectory, folders);
        return new OrtApi(table, folder);
    }

    private void Throw(nint status)
    {
        var message = Marshal.PtrToStringUTF8(((delegate* unmanaged<nint, nint>)this[OrtFunction.GetErrorMessage])(status));
        ((delegate* unmanaged<nint, void>)this[OrtFunction.ReleaseStatus])(status);
        throw new OrtException(OneLine.Of(message ?? "ONNX Runtime gave no message"));
    }
}
