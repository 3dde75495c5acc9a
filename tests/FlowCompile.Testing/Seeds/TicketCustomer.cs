namespace FlowCompile.Testing.Seeds;

/// <summary>Who wrote a ticket.</summary>
/// <param name="Name">The name.</param>
/// <param name="IsPaying">Whether there is a contract.</param>
public sealed record TicketCustomer(string Name, bool IsPaying);
