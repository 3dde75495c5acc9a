using System.Runtime.InteropServices;

namespace FlowCompile.Models.Onnx;

/// <summary>A string in native memory, ended by a zero byte.</summary>
internal readonly unsafe struct Utf8String : IDisposable
{
    public Utf8String(string text) => Pointer = (byte*)Marshal.StringToCoTaskMemUTF8(text);

    public byte* Pointer { get; }

    public void Dispose() => Marshal.FreeCoTaskMem((nint)Pointer);
}
