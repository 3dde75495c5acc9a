using FlowCompile.Settings;
using Microsoft.Extensions.AI;

namespace FlowCompile;

/// <summary>A model among services, before there is a catalog.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Client">Makes its client.</param>
/// <param name="Price">What its tokens cost.</param>
/// <param name="LeaveOpen">Whether somebody else disposes its client.</param>
internal sealed record ModelRegistration(string Name, Func<IServiceProvider, IChatClient> Client, ModelPrice Price, bool LeaveOpen);
