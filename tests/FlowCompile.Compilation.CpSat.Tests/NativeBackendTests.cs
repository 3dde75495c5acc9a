using System.Diagnostics;
using FlowCompile.Compilation.CpSat.Backends;

namespace FlowCompile.Compilation.CpSat.Tests;

/// <summary>The native entry point, by a library of a few lines that has it; it is compiled here where there is a C compiler.</summary>
public sealed class NativeBackendTests
{
    [Fact]
    public void A_file_that_is_no_library_is_refused()
    {
        var error = Assert.Throws<CpSatException>(() => NativeBackend.TryLoad(new CpSatOptions { Library = typeof(CpSatOptions).Assembly.Location }));
        Assert.Contains("SolveCpModelWithParameters", error.Message, StringComparison.Ordinal);
    }

    [CompilerFact]
    public async Task Model_and_parameters_go_in_and_the_response_comes_out()
    {
        // Answers with what it was given: the model's bytes, then the parameters'.
        const string Source = """
            #include <stdlib.h>
            #include <string.h>
            void SolveCpModelWithParameters(const void* m, int ml, const void* p, int pl, void** r, int* rl) {
              char* out = malloc(ml + pl);
              memcpy(out, m, ml);
              memcpy(out + ml, p, pl);
              *r = out;
              *rl = ml + pl;
            }
            """;
        var folder = Directory.CreateTempSubdirectory("ortools-").FullName;
        var library = Path.Combine(folder, OperatingSystem.IsMacOS() ? "fake.dylib" : "fake.so");
        await File.WriteAllTextAsync(Path.Combine(folder, "fake.c"), Source);
        using (var compiler = Process.Start("cc", ["-shared", "-fPIC", "-o", library, Path.Combine(folder, "fake.c")]))
        {
            await compiler.WaitForExitAsync();
            Assert.Equal(0, compiler.ExitCode);
        }

        await using var backend = NativeBackend.TryLoad(new CpSatOptions { Library = library });
        var answer = await backend!.SolveAsync([1, 2, 3], [4, 5], TimeSpan.FromSeconds(60), default);
        Assert.Equal([1, 2, 3, 4, 5], answer);
        Assert.Empty(await backend.SolveAsync([], [], TimeSpan.FromSeconds(60), default));
    }

    private sealed class CompilerFactAttribute : FactAttribute
    {
        public CompilerFactAttribute()
        {
            if (OperatingSystem.IsWindows() || !(Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, "cc"))))
            {
                Skip = "There is no C compiler 'cc'.";
            }
        }
    }
}
