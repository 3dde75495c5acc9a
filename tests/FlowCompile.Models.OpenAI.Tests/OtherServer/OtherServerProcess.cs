using System.Diagnostics;
using System.Text.Json.Nodes;

namespace FlowCompile.Models.OpenAI.Tests.OtherServer;

/// <summary>
/// aimock as a process of its own: an OpenAI-compatible server under Node.js. What it answers stands in a file; how it speaks the
/// protocol is not our code.
/// </summary>
internal sealed class OtherServerProcess : IDisposable
{
    private readonly Process _process;
    private readonly string _file;

    private OtherServerProcess(Process process, string file, Uri endpoint)
    {
        _process = process;
        _file = file;
        Endpoint = endpoint;
    }

    public Uri Endpoint { get; }

    public static async Task<OtherServerProcess> StartAsync(JsonArray answers, params string[] arguments)
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, new JsonObject { ["fixtures"] = answers }.ToJsonString());
        File.Move(file, file += ".json");
        var cli = Path.Combine(OtherServerFactAttribute.Folder, "node_modules", "@copilotkit", "aimock", "dist", "cli.js");
        var process = Process.Start(new ProcessStartInfo("node", [cli, "--port", "0", "--fixtures", file, "--validate-on-load", .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var said = new List<string>();
        var address = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        process.OutputDataReceived += (_, line) => Hear(line.Data);
        process.ErrorDataReceived += (_, line) => Hear(line.Data);
        process.EnableRaisingEvents = true;
        process.Exited += (_, _) => address.TrySetException(new InvalidOperationException("The server ended: " + string.Join('\n', said)));
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return new OtherServerProcess(process, file, await address.Task.WaitAsync(TimeSpan.FromMinutes(2)));

        void Hear(string? line)
        {
            const string sign = "listening on ";
            lock (said)
            {
                said.Add(line ?? "");
            }

            if (line?.IndexOf(sign, StringComparison.Ordinal) is >= 0 and var at)
            {
                address.TrySetResult(new Uri(line[(at + sign.Length)..].Trim() + "/v1"));
            }
        }
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
        File.Delete(_file);
    }
}
