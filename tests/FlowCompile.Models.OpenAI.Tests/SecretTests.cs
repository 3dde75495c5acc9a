using System.Text;
using System.Text.Json;
using FlowCompile.Compilation;
using FlowCompile.Models.OpenAI.Tests.Server;
using FlowCompile.Plans;
using FlowCompile.Profiling;
using FlowCompile.Profiling.TestHost;
using FlowCompile.Settings;

namespace FlowCompile.Models.OpenAI.Tests;

public sealed class SecretTests : IDisposable
{
    private const string Variable = "FLOWCOMPILE_TEST_KEY_OF_SECRETS";

    public SecretTests() => Environment.SetEnvironmentVariable(Variable, TestClients.Key);

    public void Dispose() => Environment.SetEnvironmentVariable(Variable, null);

    [Theory]
    [InlineData(401)]
    [InlineData(500)]
    public async Task KeyThatTheServerQuotes_GetsIntoNoErrorAndNoLog(int status)
    {
        var logger = new RecordingLogger();
        await using var server = await FaultServer.StartAsync();
        server.Otherwise = _ => Reply.QuotesTheKey(status);
        using var client = server.Client(retries: 1, logger: logger, key: TestClients.Key);
        var error = await Assert.ThrowsAsync<ModelCallException>(() => client.AskAsync());
        Assert.Equal($"Bearer {TestClients.Key}", server.Calls[0].Headers["Authorization"]);

        // Not a part of it either.
        Assert.All([error.ToString(), .. logger.All], text => Assert.DoesNotContain(TestClients.Key[..12], text, StringComparison.Ordinal));
        Assert.Contains("[key]", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{0}")]
    [InlineData("{1}")]
    [InlineData("{2}")]
    [InlineData("{3}")]
    public async Task KeyThatTheServerQuotesInAnotherSpelling_GetsIntoNoErrorAndNoLog(string spelling)
    {
        const string key = "sk-0123456789+abc\"def\\ghi/jkl=";
        var logger = new RecordingLogger();
        await using var server = await FaultServer.StartAsync();
        string[] spellings = [key, JsonEncodedText.Encode(key).Value, key.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal), Uri.EscapeDataString(key)];
        var quoted = string.Format(System.Globalization.CultureInfo.InvariantCulture, spelling, spellings);
        server.Otherwise = _ => Reply.Status(500, $"<p>key {quoted} is not known</p>");
        using var client = server.Client(retries: 1, logger: logger, key: key);
        var error = await Assert.ThrowsAsync<ModelCallException>(() => client.AskAsync());
        Assert.All([error.ToString(), .. logger.All], text => Assert.DoesNotContain(key[..12], text, StringComparison.Ordinal));
        Assert.Contains("key [key] is not known", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Key_GetsIntoNoStoreAndNoPlan()
    {
        var logger = new RecordingLogger();
        var folder = Directory.CreateTempSubdirectory("flowcompile-secrets-").FullName;
        try
        {
            await using var server = await FaultServer.StartAsync(keepsCalls: false);

            // Every seventh call is refused with the key in the refusal, so that the store has such failures.
            var withKey = 0;
            server.Otherwise = call =>
            {
                Interlocked.Add(ref withKey, call.Headers["Authorization"] == $"Bearer {TestClients.Key}" ? 1 : 0);
                return call.Index % 7 == 0 ? Reply.QuotesTheKey(401)
                    : Reply.Text(Skill.Answer(new FakeCall((string)call.Body["model"]!, call.Prompt, 0, (int?)call.Body["seed"], (float?)call.Body["temperature"])));
            };
            var settings = ProjectSettings.Parse(Path.Combine(folder, "flowcompile.json"), Encoding.UTF8.GetBytes($$"""
                {
                  "models": {
                    "small": { "openai": "{{server.Endpoint}}", "keyVariable": "{{Variable}}" },
                    "big": { "openai": "{{server.Endpoint}}", "keyVariable": "{{Variable}}", "reasoning": "limit" }
                  },
                  "budgets": [0, 32],
                  "workflows": { "doubling": { "cases": "cases.jsonl", "maxFailures": 1 } }
                }
                """));
            await File.WriteAllLinesAsync(Path.Combine(folder, "cases.jsonl"), Doubling.CaseLines(6));
            using (var models = new ModelProviders().Add(OpenAIModels.Provider, new OpenAIModels(logger).Open).Open(settings))
            using (var store = ProfileStore.Open(Path.Combine(folder, "profile.db")))
            {
                var cases = CaseFile.Read(settings.Workflows[0].Cases, DoublingWorkflow.Descriptor);
                var summary = await new Profiler(DoublingWorkflow.Descriptor, models, settings, store).RunAsync(cases);
                Assert.Contains(summary.Outcomes, outcome => outcome.Outcome.Error?.Contains("[key]", StringComparison.Ordinal) == true);
                Assert.True(withKey > summary.Outcomes.Count);
                var compiled = FlowCompiler.Compile(
                    ProfileTable.From(DoublingWorkflow.Graph, summary), new CompileOptions(),
                    new PlanProvenance
                    {
                        ToolVersion = "test",
                        ProfileHash = summary.ProfileHash,
                        Cases = summary.Manifest.Cases,
                        Seed = summary.Manifest.Seed,
                        Models = summary.Manifest.Models.ToDictionary(model => model.Name, model => model.Identity),
                        Hardware = summary.Manifest.Machine,
                    });
                PlanFile.Write(Path.Combine(folder, "doubling.flowplan.json"), compiled.Plan, DoublingWorkflow.Graph);

                // While the store is open, what it has not merged yet lies beside it and is searched too.
                AssertNowhere(folder);
            }

            AssertNowhere(folder);
            Assert.All(logger.All, text => Assert.DoesNotContain(TestClients.Key[..12], text, StringComparison.Ordinal));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void AssertNowhere(string folder)
    {
        var files = Directory.GetFiles(folder, "*", SearchOption.AllDirectories);
        Assert.True(files.Length >= 3);
        foreach (var file in files)
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var content = new MemoryStream();
            stream.CopyTo(content);
            var bytes = content.ToArray().AsSpan();
            Assert.True(bytes.IndexOf(Encoding.UTF8.GetBytes(TestClients.Key[..12])) < 0, file);
            Assert.True(bytes.IndexOf(Encoding.Unicode.GetBytes(TestClients.Key[..12])) < 0, file);
        }
    }
}
