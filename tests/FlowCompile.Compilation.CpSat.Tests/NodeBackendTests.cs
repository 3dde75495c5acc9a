using System.Diagnostics;
using FlowCompile.Compilation.CpSat.Backends;
using FlowCompile.Compilation.CpSat.Protocol;

namespace FlowCompile.Compilation.CpSat.Tests;

public sealed class NodeBackendTests
{
    private static readonly CpModelProto s_model = Model().Proto;

    [Fact]
    public async Task Without_Node_the_message_says_what_to_install()
    {
        using var driver = new FakeDriver("");
        await using var solver = new CpSatSolver(driver.Options with { Node = "no-such-program-as-this" });
        var message = await FailureOf(solver, isNotInstalled: true);
        Assert.Contains("'no-such-program-as-this' could not be started", message, StringComparison.Ordinal);
        Assert.Contains("install Node.js 18 or later", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_the_package_the_message_says_what_to_install()
    {
        await using var solver = new CpSatSolver(new CpSatOptions { UseLibrary = false, Folder = Path.Combine(Path.GetTempPath(), "no-such-folder") });
        Assert.Contains("install OR-Tools, or install Node.js 18 or later with npm and build again", await FailureOf(solver, isNotInstalled: true), StringComparison.Ordinal);
    }

    [CpSatFact]
    public async Task A_driver_that_dies_is_reported_with_its_exit_code_and_its_last_words()
    {
        using var driver = new FakeDriver("process.stdin.once('data', () => { console.error('out of cheese'); process.exit(3); });");
        await using var solver = new CpSatSolver(driver.Options);
        var message = await FailureOf(solver);
        Assert.Contains("exit code 3", message, StringComparison.Ordinal);
        Assert.Contains("out of cheese", message, StringComparison.Ordinal);
    }

    [CpSatFact]
    public async Task A_driver_that_breaks_off_its_answer_is_reported()
    {
        using var driver = new FakeDriver("process.stdin.once('data', () => { process.stdout.write(Buffer.from('FCSP\\x01\\xff\\0\\0\\0abc', 'latin1'), () => process.exit(0)); });");
        await using var solver = new CpSatSolver(driver.Options);
        Assert.Contains("ended by itself", await FailureOf(solver), StringComparison.Ordinal);
    }

    [CpSatFact]
    public async Task Garbage_is_quoted_and_ends_the_process()
    {
        using var driver = new FakeDriver("process.stdin.once('data', () => console.log('Hello,\\tworld')); setInterval(() => {}, 1000);");
        await using var backend = new NodeBackend(driver.Options);
        var error = await Assert.ThrowsAsync<CpSatException>(() => backend.SolveAsync([], [], TimeSpan.FromSeconds(60), default));
        Assert.Contains("'Hello, wo", error.Message, StringComparison.Ordinal);
        Assert.Null(backend.ProcessId);
    }

    [CpSatFact]
    public async Task An_answer_of_absurd_length_is_refused_unread()
    {
        using var driver = new FakeDriver("process.stdin.once('data', () => process.stdout.write(Buffer.from('FCSP\\x01\\xff\\xff\\xff\\x7f', 'latin1'))); setInterval(() => {}, 1000);");
        await using var solver = new CpSatSolver(driver.Options);
        Assert.Contains("2147483647 bytes", await FailureOf(solver), StringComparison.Ordinal);
    }

    [CpSatFact]
    public async Task An_answer_that_is_no_response_is_refused()
    {
        using var driver = new FakeDriver("process.stdin.on('data', () => process.stdout.write(Buffer.from('FCSP\\x01\\x02\\0\\0\\0\\x0b\\x0b', 'latin1')));");
        await using var solver = new CpSatSolver(driver.Options);
        Assert.Contains("no CpSolverResponse", await FailureOf(solver), StringComparison.Ordinal);
    }

    [CpSatFact]
    public async Task A_solution_that_is_none_is_refused()
    {
        // OPTIMAL, x = 1, y = 1: the two exclude each other.
        using var driver = new FakeDriver("process.stdin.on('data', () => process.stdout.write(Buffer.from('FCSP\\x01\\x06\\0\\0\\0\\x08\\x04\\x12\\x02\\x01\\x01', 'latin1')));");
        await using var solver = new CpSatSolver(driver.Options);
        Assert.Contains("a solution that is none (constraint 0 does not hold)", await FailureOf(solver), StringComparison.Ordinal);
    }

    [CpSatFact]
    public async Task A_driver_that_hangs_is_stopped_in_time()
    {
        using var driver = new FakeDriver("process.stdin.resume(); setInterval(() => {}, 1000);");
        await using var backend = new NodeBackend(driver.Options);
        var solving = backend.SolveAsync([], [], TimeSpan.FromSeconds(3), default);
        using var process = Process.GetProcessById(backend.ProcessId!.Value);
        var error = await Assert.ThrowsAsync<CpSatException>(() => solving);
        Assert.Contains("did not answer within 3 s", error.Message, StringComparison.Ordinal);
        Assert.True(process.WaitForExit(TimeSpan.FromSeconds(60)));
    }

    [CpSatFact]
    public async Task Cancelling_ends_the_process()
    {
        using var driver = new FakeDriver("process.stdin.resume(); setInterval(() => {}, 1000);");
        await using var backend = new NodeBackend(driver.Options);
        using var cancel = new CancellationTokenSource();
        var solving = backend.SolveAsync([], [], TimeSpan.FromSeconds(60), cancel.Token);
        using var process = Process.GetProcessById(backend.ProcessId!.Value);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => solving);
        Assert.True(process.WaitForExit(TimeSpan.FromSeconds(60)));
    }

    [CpSatFact]
    public async Task The_process_ends_when_the_program_that_started_it_has_gone()
    {
        using var process = Process.Start(new ProcessStartInfo("node", [Path.Combine(new CpSatOptions().Folder, "solve.mjs"), Path.Combine(new CpSatOptions().Folder, "or-tools-wasm")])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        process.StandardInput.Close();
        Assert.True(process.WaitForExit(TimeSpan.FromSeconds(60)));
    }

    [CpSatFact]
    public async Task After_an_error_the_next_model_gets_a_new_process()
    {
        await using var backend = new NodeBackend(new CpSatOptions { UseLibrary = false });
        await using var solver = new CpSatSolver(backend, new CpSatOptions());
        Assert.NotNull(await solver.SolveAsync(s_model, default));
        using (var process = Process.GetProcessById(backend.ProcessId!.Value))
        {
            process.Kill();
            process.WaitForExit();
        }

        await Assert.ThrowsAsync<CpSatException>(() => solver.SolveAsync(s_model, default));
        Assert.NotNull(await solver.SolveAsync(s_model, default));
    }

    [CpSatFact]
    public async Task A_model_without_a_solution_has_none()
    {
        await using var solver = new CpSatSolver(new CpSatOptions { UseLibrary = false });
        var model = Model();
        model.AtLeast([(0, 1), (1, 1)], 3);
        Assert.Null(await solver.SolveAsync(model.Proto, default));
    }

    /// <summary>Exactly one of two.</summary>
    private static CpModel Model()
    {
        var model = new CpModel();
        model.ExactlyOne([model.Boolean("x"), model.Boolean("y")]);
        return model;
    }

    private static async Task<string> FailureOf(CpSatSolver solver, bool isNotInstalled = false)
    {
        var error = await Assert.ThrowsAsync<CpSatException>(() => solver.SolveAsync(s_model, default));
        Assert.Equal(isNotInstalled, error.IsNotInstalled);
        Assert.DoesNotContain('\n', error.Message);
        return error.Message;
    }
}
