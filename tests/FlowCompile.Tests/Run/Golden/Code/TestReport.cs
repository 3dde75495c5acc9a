namespace FlowCompile.Tests.Run.Golden.Code;

/// <summary>What a run of the tests says.</summary>
/// <param name="Passed">Whether all passed.</param>
/// <param name="Message">What failed.</param>
public sealed record TestReport(bool Passed, string Message) : ITestResult;
