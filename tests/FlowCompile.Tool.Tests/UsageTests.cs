using FlowCompile.Tool.Output;
using FlowCompile.Tool.Projects;

namespace FlowCompile.Tool.Tests;

/// <summary>A mistyped command line is one statement, with what was probably meant and where to read on; advice can be run as it is printed.</summary>
public sealed class UsageTests
{
    [Theory]
    [InlineData("profil", "There is no verb 'profil': did you mean 'profile'? See 'dotnet flowcompile --help'.")]
    [InlineData("Explian x --store y", "There is no verb 'Explian': did you mean 'explain'? See 'dotnet flowcompile --help'.")]
    [InlineData("measure", "There is no verb 'measure': use one of: profile, compile, explain, test, diff, deploy, import. See 'dotnet flowcompile --help'.")]
    [InlineData("--verbos", "'dotnet flowcompile' has no option '--verbos': did you mean '--verbose'? See 'dotnet flowcompile --help'.")]
    [InlineData("profile --cass 3", "'profile' has no option '--cass': did you mean '--cases'? See 'dotnet flowcompile profile --help'.")]
    [InlineData("profile . --concurency=4", "'profile' has no option '--concurency': did you mean '--concurrency'? See 'dotnet flowcompile profile --help'.")]
    [InlineData("compile --no-biuld", "'compile' has no option '--no-biuld': did you mean '--no-build'? See 'dotnet flowcompile compile --help'.")]
    [InlineData("explain --plans", "'explain' has no option '--plans': did you mean '--plan'? See 'dotnet flowcompile explain --help'.")]
    [InlineData("test --markdwon", "'test' has no option '--markdwon': did you mean '--markdown'? See 'dotnet flowcompile test --help'.")]
    [InlineData("deploy --writ d01", "'deploy' has no option '--writ': did you mean '--write'? See 'dotnet flowcompile deploy --help'.")]
    [InlineData("diff a b --max-acuracy-loss 1", "'diff' has no option '--max-acuracy-loss': did you mean '--max-accuracy-loss'? See 'dotnet flowcompile diff --help'.")]
    [InlineData("import x --maps a=B", "'import' has no option '--maps': did you mean '--map'? See 'dotnet flowcompile import --help'.")]
    [InlineData("profile a b", "'profile' takes no 'b' here; put a path with blanks into quotation marks. See 'dotnet flowcompile profile --help'.")]
    [InlineData("explain A=m@0", "'A=m@0' is no project; name the project before the configuration, for example 'explain . A=m@0'. See 'dotnet flowcompile explain --help'.")]
    [InlineData("explain c02", "'c02' is no project; name the project before the configuration, for example 'explain . c02'. See 'dotnet flowcompile explain --help'.")]
    [InlineData("diff a", "Required argument 'new' missing for command: 'diff'. See 'dotnet flowcompile diff --help'.")]
    [InlineData("profile --store", "Required argument missing for option: '--store'. See 'dotnet flowcompile profile --help'.")]
    public async Task A_mistake_is_one_statement(string arguments, string expected)
    {
        var run = await CommandLine.RunAsync(arguments.Split(' '));
        Assert.Equal(2, run.ExitCode);
        Assert.Equal("error: " + expected, run.ErrorLine());
        Assert.Equal("", run.Output);
    }

    [Theory]
    [InlineData("")]
    [InlineData("help")]
    [InlineData("help compile")]
    public async Task Without_a_verb_there_is_help(string arguments)
    {
        var run = await CommandLine.RunAsync(arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains(arguments.EndsWith("compile", StringComparison.Ordinal) ? "--store" : "profile", run.Output, StringComparison.Ordinal);
        Assert.All(run.Output.Split('\n'), line => Assert.InRange(line.TrimEnd('\r').Length, 0, 80));
    }

    [Theory]
    [InlineData("profile")]
    [InlineData("compile")]
    [InlineData("explain")]
    [InlineData("test")]
    [InlineData("deploy")]
    public async Task A_project_that_is_not_there_ends_with_3(string verb)
    {
        var run = await CommandLine.RunAsync(verb, "no where");
        Assert.Equal(3, run.ExitCode);
        Assert.Equal("error: There is no project at 'no where'; give a .csproj or the folder of one.", run.ErrorLine());
    }

    [Theory]
    [InlineData("a/b.csproj", "a/b.csproj")]
    [InlineData("Ticket Desk", "\"Ticket Desk\"")]
    [InlineData("für alle", "\"für alle\"")]
    [InlineData("it's", "\"it's\"")]
    [InlineData("a;b", "\"a;b\"")]
    [InlineData("", "\"\"")]
    public void A_word_for_the_shell(string word, string expected) => Assert.Equal(expected, Shell.Quote(word));

    [Fact]
    public void What_means_something_within_double_quotation_marks_stands_in_single_ones()
    {
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal("'$HOME `x`'", Shell.Quote("$HOME `x`"));
            Assert.Equal("'a\"'\\''b'", Shell.Quote("a\"'b"));
        }
    }

    [Fact]
    public void A_build_that_failed_is_advised_as_it_was_made() => Assert.Equal(
        "dotnet build \"my desk/Desk.csproj\" -p:Configuration=Release --framework:net10.0 \"-p:Name=two words\"",
        MsBuild.BuildCommand(
            Path.Combine(Environment.CurrentDirectory, "my desk", "Desk.csproj"),
            new ProjectRequest("my desk") { Configuration = "Release", Framework = "net10.0", Properties = ["Name=two words"] }).Replace('\\', '/'));

    [Fact]
    public void A_line_of_progress_is_ended_before_another_begins()
    {
        var terminal = new StringWriter { NewLine = "\n" };
        var line = new OpenLine(terminal);
        line.End();
        line.Overwrite("Measuring 10", 80);
        line.Overwrite("Measuring", 80);
        line.End();
        line.End();
        terminal.WriteLine("warning: late");
        line.Overwrite("Measuring 11 of many", 12);
        Assert.Equal("\rMeasuring 10\rMeasuring   \nwarning: late\n\rMeasuring 11", terminal.ToString());
    }

    [Fact]
    public async Task Progress_of_another_thread_never_comes_before_a_line_on_the_same_line()
    {
        var terminal = new InterruptedWriter();
        var line = new OpenLine(terminal);
        terminal.Interrupt = () => line.Overwrite("Measuring 11", 80);
        line.Overwrite("Measuring 10", 80);
        line.WriteLine(terminal, "warning: late");
        await terminal.Interrupted!;
        Assert.Equal("\rMeasuring 10\nwarning: late\n\rMeasuring 11", terminal.ToString());
    }

    /// <summary>Lets another thread in as soon as a line ends.</summary>
    private sealed class InterruptedWriter : StringWriter
    {
        public InterruptedWriter() => NewLine = "\n";

        public Action? Interrupt { get; set; }

        public Task? Interrupted { get; private set; }

        public override void WriteLine()
        {
            base.WriteLine();
            Interrupted = Task.Run(Interrupt!);
            Interrupted.Wait(TimeSpan.FromMilliseconds(200));
        }
    }
}
