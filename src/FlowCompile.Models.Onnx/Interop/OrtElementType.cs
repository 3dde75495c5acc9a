namespace FlowCompile.Models.Onnx;

/// <summary>Element types of tensors, by ONNX Runtime's numbers (<c>ONNXTensorElementDataType</c>).</summary>
internal enum OrtElementType
{
    Undefined = 0,
    Float = 1,
    Int32 = 6,
    Int64 = 7,
    Float16 = 10,
    BFloat16 = 16,
}
