using Microsoft.CodeAnalysis;

namespace FlowCompile.Generators.Parsing;

/// <summary>Finds a name for the class with the method that adds a workflow to services.</summary>
internal static class ServicesParser
{
    /// <summary>The class's name. Nobody writes it, so it gives way to a class of the user's.</summary>
    public static string Class(INamedTypeSymbol type)
    {
        var name = type.Name;
        for (var level = type.ContainingType; level is not null; level = level.ContainingType)
        {
            name = level.Name + name;
        }

        // A class that is not nested may be a workflow of the name that the nested one gets.
        var space = type.ContainingNamespace;
        var services = type.ContainingType is not null && space.GetTypeMembers(name).Any() ? $"Nested{name}Services" : name + "Services";
        while (space.GetMembers(services).Any(member => !ReservedNames.IsGenerated(member)))
        {
            services = "Generated" + services;
        }

        return services;
    }
}
