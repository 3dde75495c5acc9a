using System.Reflection;
using System.Reflection.Emit;

namespace FlowCompile.Profiling;

/// <summary>One instruction of a method body.</summary>
/// <param name="Code">The operation.</param>
/// <param name="Text">The operand as text: a number, a branch distance, a string; empty where it is a member or there is none.</param>
/// <param name="Member">The member a token stands for, if one does.</param>
internal readonly record struct IlInstruction(OpCode Code, string Text, MemberInfo? Member);
