using System.Runtime.InteropServices;
using System.Text;

namespace FlowCompile.Models.Onnx;

/// <summary>A list of names as C wants it: an array of pointers to strings. It is in pinned managed memory, so there is nothing to free.</summary>
internal sealed unsafe class NativeNames
{
    // The pointers lead into the text: both are held here.
    private readonly byte[] _text;
    private readonly nint[] _pointers;

    public NativeNames(IReadOnlyList<string> names)
    {
        var bytes = Encoding.UTF8.GetBytes(string.Concat(names.Select(name => name + '\0')));
        _text = GC.AllocateUninitializedArray<byte>(bytes.Length, pinned: true);
        _pointers = GC.AllocateUninitializedArray<nint>(names.Count, pinned: true);
        bytes.CopyTo(_text, 0);
        var offset = 0;
        for (var i = 0; i < names.Count; i++)
        {
            _pointers[i] = Marshal.UnsafeAddrOfPinnedArrayElement(_text, offset);
            offset += Encoding.UTF8.GetByteCount(names[i]) + 1;
        }
    }

    public int Count => _pointers.Length;

    public byte** Pointer => (byte**)Marshal.UnsafeAddrOfPinnedArrayElement(_pointers, 0);
}
