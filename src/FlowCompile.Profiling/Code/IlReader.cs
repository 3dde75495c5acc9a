using System.Buffers.Binary;
using System.Globalization;
using System.Reflection;
using System.Reflection.Emit;

namespace FlowCompile.Profiling;

/// <summary>Reads the instructions of a method body, with metadata tokens resolved: a token's number changes with unrelated edits.</summary>
internal static class IlReader
{
    private static readonly Dictionary<ushort, OpCode> s_codes = typeof(OpCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => (ushort)code.Value);

    /// <summary>The instructions of a method; none where it has no body.</summary>
    /// <param name="method">The method.</param>
    public static List<IlInstruction> Read(MethodBase method)
    {
        var instructions = new List<IlInstruction>();
        if (method.GetMethodBody()?.GetILAsByteArray() is not { } il)
        {
            return instructions;
        }

        var typeArguments = method.DeclaringType is { IsGenericType: true } type ? type.GetGenericArguments() : null;
        var methodArguments = method is { IsGenericMethod: true } and not ConstructorInfo ? method.GetGenericArguments() : null;
        var at = 0;
        while (at < il.Length)
        {
            ushort value = il[at++];
            if (value == 0xFE)
            {
                value = (ushort)(0xFE00 | il[at++]);
            }

            var code = s_codes[value];
            var size = SizeOf(code.OperandType, il.AsSpan(at));
            var operand = il.AsSpan(at, size);
            at += size;
            instructions.Add(code.OperandType switch
            {
                OperandType.InlineNone => new IlInstruction(code, "", null),
                OperandType.InlineString => new IlInstruction(code, method.Module.ResolveString(Token(operand)), null),
                OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineType or OperandType.InlineTok =>
                    new IlInstruction(code, "", method.Module.ResolveMember(Token(operand), typeArguments, methodArguments)),
                // The signature of an indirect call: its token says nothing that lasts, and the code around it does.
                OperandType.InlineSig => new IlInstruction(code, "signature", null),
                _ => new IlInstruction(code, Convert.ToHexString(operand), null),
            });
        }

        return instructions;
    }

    private static int Token(ReadOnlySpan<byte> operand) => BinaryPrimitives.ReadInt32LittleEndian(operand);

    private static int SizeOf(OperandType type, ReadOnlySpan<byte> rest) => type switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + (4 * BinaryPrimitives.ReadInt32LittleEndian(rest)),
        OperandType.InlineBrTarget or OperandType.InlineField or OperandType.InlineI or OperandType.InlineMethod or OperandType.InlineSig
            or OperandType.InlineString or OperandType.InlineTok or OperandType.InlineType or OperandType.ShortInlineR => 4,
        _ => throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"An instruction has an operand of the unknown type {type}.")),
    };
}
