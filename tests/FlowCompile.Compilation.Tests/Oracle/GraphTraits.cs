namespace FlowCompile.Compilation.Tests.Oracle;

/// <summary>What there is in a random graph, so that the tests can say that every kind was tried.</summary>
[Flags]
internal enum GraphTraits
{
    None = 0,
    Optional = 1,
    ReplicasFromNone = 1 << 1,
    ReplicasFromOne = 1 << 2,
    Selector = 1 << 3,
    Minimum = 1 << 4,
    NestedSelector = 1 << 5,
    Agreement = 1 << 6,
    Repair = 1 << 7,
    AgentRouter = 1 << 8,
    ToolRouter = 1 << 9,
    SeveralValues = 1 << 10,
    NoDefault = 1 << 11,
    OptionalBranch = 1 << 12,
    ToolWithList = 1 << 13,
    ToolMinimum = 1 << 14,
    SharedUpstream = 1 << 15,
    RepairOfBranch = 1 << 16,
    SelectorReplicas = 1 << 17,
    OptionalOutput = 1 << 18,
    ConditionalRouter = 1 << 19,
    RepairOfSelector = 1 << 20,
    ListAndUpstream = 1 << 21,
    OptionalRouter = 1 << 22,
    RepairWithHelp = 1 << 23,
    RepairWithList = 1 << 24,
    SameSettings = 1 << 25,
    OtherType = 1 << 26,
}
