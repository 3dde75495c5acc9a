using System.Globalization;
using System.Reflection;
using System.Reflection.Emit;
using System.Text;
using System.Text.RegularExpressions;

namespace FlowCompile.Profiling;

/// <summary>
/// Writes a method and all it reaches within its assembly as text. Methods of the assembly are named by the order in which they are
/// reached, and the ordinals in the compiler's own names are left out, since both move with unrelated edits.
/// </summary>
internal sealed partial class CodeText(Assembly assembly)
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private readonly StringBuilder _text = new("code-1\n");
    private readonly Dictionary<MemberInfo, int> _reached = [];
    private readonly Queue<MemberInfo> _waiting = [];

    public string Write(MethodInfo method)
    {
        Reach(method);
        while (_waiting.TryDequeue(out var member))
        {
            if (member is FieldInfo field)
            {
                WriteInitializer(field);
            }
            else
            {
                WriteMethod((MethodBase)member);
            }
        }

        return _text.ToString();
    }

    private void WriteMethod(MethodBase method)
    {
        Line("method", method is MethodInfo { ReturnType: var result } ? TypeName(result) : "", Parameters(method));
        if (method.GetMethodBody() is not { } body)
        {
            // An abstract or external method: the name is all there is.
            Line("name", method.Name);
            return;
        }

        foreach (var local in body.LocalVariables)
        {
            Line("local", TypeName(local.LocalType));
        }

        foreach (var clause in body.ExceptionHandlingClauses)
        {
            Line(
                "try", clause.Flags.ToString(), Number(clause.TryOffset), Number(clause.TryLength), Number(clause.HandlerOffset), Number(clause.HandlerLength),
                clause.Flags == ExceptionHandlingClauseOptions.Clause && clause.CatchType is { } caught ? TypeName(caught) : "",
                clause.Flags == ExceptionHandlingClauseOptions.Filter ? Number(clause.FilterOffset) : "");
        }

        WriteInstructions(IlReader.Read(method));
    }

    /// <summary>
    /// Writes the part of the constructors that sets one field, not the whole of them: a constructor also sets fields that the code
    /// does not read, the compiled plan's among them, and a new plan must not make every outcome stale.
    /// </summary>
    private void WriteInitializer(FieldInfo field)
    {
        foreach (var constructor in field.DeclaringType!.GetConstructors(Declared).Where(constructor => constructor.IsStatic == field.IsStatic))
        {
            var start = 0;
            var instructions = IlReader.Read(constructor);
            for (var i = 0; i < instructions.Count; i++)
            {
                if (instructions[i].Member is FieldInfo stored && IsStore(instructions[i].Code) && stored.DeclaringType == field.DeclaringType)
                {
                    if (stored.Name == field.Name)
                    {
                        Line("initial value");
                        WriteInstructions(instructions[start..(i + 1)]);
                    }

                    start = i + 1;
                }
            }
        }
    }

    private void WriteInstructions(IReadOnlyList<IlInstruction> instructions)
    {
        foreach (var instruction in instructions)
        {
            Line(instruction.Code.Name!, instruction.Text, instruction.Member switch
            {
                null => "",
                MethodBase method => MethodName(method),
                FieldInfo field => FieldName(field),
                Type type => TypeName(type),
                var member => member.Name,
            });
        }
    }

    private string MethodName(MethodBase method)
    {
        var generic = method.IsGenericMethod ? "<" + string.Join(",", method.GetGenericArguments().Select(TypeName)) + ">" : "";
        if (!IsOwn(method.DeclaringType))
        {
            return $"{TypeName(method.DeclaringType)}::{method.Name}{generic}({Parameters(method)})";
        }

        return $"{TypeName(method.DeclaringType)}::#{Reach(Definition(method))}{generic}";
    }

    private string FieldName(FieldInfo field)
    {
        // What an own field is set to at the start may be the prompt itself. Cached lambdas and state have no value of their own.
        if (IsOwn(field.DeclaringType) && !field.IsLiteral && !IsGenerated(field.DeclaringType!))
        {
            Reach(field);
        }

        return $"{TypeName(field.DeclaringType)}::{Plain(field.Name)}";
    }

    private string TypeName(Type? type)
    {
        if (type is null || type.IsGenericParameter)
        {
            return type?.Name ?? "";
        }

        if (type.HasElementType)
        {
            return TypeName(type.GetElementType()) + (type.IsArray ? $"[{type.GetArrayRank()}]" : type.IsByRef ? "&" : "*");
        }

        var definition = type.IsGenericType ? type.GetGenericTypeDefinition() : type;
        if (IsOwn(definition) && IsStateMachine(definition))
        {
            // The kickoff method mentions the type only; its code is here.
            foreach (var method in definition.GetMethods(Declared))
            {
                Reach(method);
            }
        }

        var arguments = type.IsGenericType ? "<" + string.Join(",", type.GetGenericArguments().Select(TypeName)) + ">" : "";
        return Plain(definition.FullName ?? definition.Name) + arguments;
    }

    private string Parameters(MethodBase method) => string.Join(",", method.GetParameters().Select(parameter => TypeName(parameter.ParameterType)));

    private int Reach(MemberInfo member)
    {
        if (!_reached.TryGetValue(member, out var index))
        {
            index = _reached.Count;
            _reached.Add(member, index);
            _waiting.Enqueue(member);
        }

        return index;
    }

    private bool IsOwn(Type? type) => type?.Assembly == assembly;

    private static bool IsStore(OpCode code) => code == OpCodes.Stfld || code == OpCodes.Stsfld;

    private static bool IsGenerated(Type type) => type.Name.Contains('<', StringComparison.Ordinal);

    private static bool IsStateMachine(Type type) => type.Name.Contains(">d", StringComparison.Ordinal);

    private static MethodBase Definition(MethodBase method)
    {
        // The body of a constructed generic is that of its definition.
        var definition = method is MethodInfo { IsGenericMethod: true } info ? info.GetGenericMethodDefinition() : method;
        return definition.DeclaringType is { IsConstructedGenericType: true } type
            ? type.GetGenericTypeDefinition().GetMembers(Declared).OfType<MethodBase>().First(candidate => candidate.MetadataToken == definition.MetadataToken)
            : definition;
    }

    private static string Plain(string name) => name.Contains('<', StringComparison.Ordinal) ? Ordinals().Replace(name, "") : name;

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private void Line(params ReadOnlySpan<string> fields)
    {
        foreach (var field in fields)
        {
            _text.Append(field.Length).Append(':').Append(field).Append('\t');
        }

        _text.Append('\n');
    }

    // <Solve>d__5, <Solve>b__3_0, <>c__DisplayClass3_0: the numbers say where the method stands among its neighbours.
    [GeneratedRegex(@"(?<=__|DisplayClass)\d+(_\d+)*")]
    private static partial Regex Ordinals();
}
