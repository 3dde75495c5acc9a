using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace FlowCompile.Tool.Tests.Output;

/// <summary>Everything that the tool writes goes through one class: read from the compiled tool, so that no way around it compiles unseen.</summary>
public class TerminalRuleTests
{
    [Fact]
    public void One_class_alone_uses_the_console() => Assert.Equal(["Terminal"], UsersOf(name => name == "System.Console"));

    [Fact]
    public void The_terminal_library_is_given_shown_text_alone() =>
        Assert.Equal(["Results", "Terminal"], UsersOf(name => name.StartsWith("Spectre.Console", StringComparison.Ordinal)));

    [Fact]
    public void No_class_opens_a_stream_of_the_console() =>
        Assert.Empty(UsersOf(name => name is "System.IO.UnmanagedMemoryStream" or "Microsoft.Win32.SafeHandles.SafeFileHandle"));

    /// <summary>The tool's outermost classes whose code names a member of certain types.</summary>
    private static SortedSet<string> UsersOf(Func<string, bool> isAsked)
    {
        using var file = new PEReader(File.OpenRead(typeof(ToolException).Assembly.Location));
        var metadata = file.GetMetadataReader();
        var tokens = metadata.MemberReferences.Where(member => isAsked(TypeOf(metadata, member))).Select(member => MetadataTokens.GetToken(member)).ToHashSet();
        var users = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var handle in metadata.MethodDefinitions)
        {
            var method = metadata.GetMethodDefinition(handle);
            if (method.RelativeVirtualAddress == 0)
            {
                continue;
            }

            var code = file.GetMethodBody(method.RelativeVirtualAddress).GetILBytes()!;
            if (Enumerable.Range(0, Math.Max(0, code.Length - 3)).Any(i => tokens.Contains(BitConverter.ToInt32(code, i))))
            {
                users.Add(OutermostOf(metadata, method.GetDeclaringType()));
            }
        }

        return users;
    }

    private static string TypeOf(MetadataReader metadata, MemberReferenceHandle handle)
    {
        var parent = metadata.GetMemberReference(handle).Parent;
        if (parent.Kind == HandleKind.TypeSpecification)
        {
            return "";
        }

        var type = metadata.GetTypeReference((TypeReferenceHandle)parent);
        return $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}";
    }

    private static string OutermostOf(MetadataReader metadata, TypeDefinitionHandle handle)
    {
        var type = metadata.GetTypeDefinition(handle);
        return type.GetDeclaringType() is { IsNil: false } outer ? OutermostOf(metadata, outer) : metadata.GetString(type.Name);
    }
}
