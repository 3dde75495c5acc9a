namespace FlowCompile.Testing.Seeds;

/// <summary>A case with what cases of real projects have.</summary>
/// <param name="Text">The ticket.</param>
/// <param name="Level">How urgent it is.</param>
/// <param name="Tags">What it is about.</param>
/// <param name="Weight">What it counts.</param>
/// <param name="Customer">Who wrote it.</param>
/// <param name="Due">Until when it is to be answered.</param>
public sealed record Ticket(string Text, int Level, IReadOnlyList<string> Tags, double Weight, TicketCustomer? Customer, DateTimeOffset? Due);
