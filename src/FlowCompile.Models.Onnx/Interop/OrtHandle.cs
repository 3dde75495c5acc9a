using System.Runtime.InteropServices;

namespace FlowCompile.Models.Onnx;

/// <summary>Owns one object of ONNX Runtime and releases it.</summary>
internal sealed unsafe class OrtHandle : SafeHandle
{
    private readonly delegate* unmanaged<nint, void> _release;

    public OrtHandle(nint value, OrtFunction release)
        : base(0, ownsHandle: true)
    {
        _release = (delegate* unmanaged<nint, void>)OrtApi.Current[release];
        SetHandle(value);
    }

    public override bool IsInvalid => handle == 0;

    /// <summary>The native pointer, for a call during which the owner keeps this handle alive.</summary>
    public nint Value => handle;

    protected override bool ReleaseHandle()
    {
        _release(handle);
        return true;
    }
}
