namespace FlowCompile.Profiling.Tests.Energy;

public sealed class RaplCounterTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Packages_and_memory_count_and_what_is_part_of_them_does_not()
    {
        Domain("intel-rapl:0", "package-0", 1_000_000);
        Domain("intel-rapl:0:0", "core", 5);
        Domain("intel-rapl:0:1", "uncore", 5);
        Domain("intel-rapl:0:2", "dram", 2_000_000);
        Domain("intel-rapl:1", "package-1", 3_000_000);
        Domain("intel-rapl:2", "psys", 9_000_000);
        Directory.CreateDirectory(_folder.File("rapl/intel-rapl"));
        var counters = RaplCounter.Find(_folder.File("rapl"));
        Assert.Equal(["package-0", "dram", "package-1"], counters.Select(counter => counter.Name));

        Domain("intel-rapl:0", "package-0", 1_500_000);
        Domain("intel-rapl:0:2", "dram", 2_000_250);
        Assert.Equal([0.5, 0.00025, 0], counters.Select(counter => counter.Read()!.Value));
    }

    [Fact]
    public void Counter_that_begins_anew_goes_on_counting()
    {
        Domain("intel-rapl:0", "package-0", 9_000_000, range: 10_000_000);
        var counter = Assert.Single(RaplCounter.Find(_folder.File("rapl")));
        Domain("intel-rapl:0", "package-0", 500_000, range: 10_000_000);
        Assert.Equal(1.5, counter.Read());
        Domain("intel-rapl:0", "package-0", 400_000, range: 10_000_000);
        Assert.Equal(11.4, counter.Read());
    }

    [Fact]
    public void Counter_that_was_beyond_its_range_goes_on_from_its_new_start()
    {
        Domain("intel-rapl:0", "package-0", 9_000_000, range: 1_000_000);
        var counter = Assert.Single(RaplCounter.Find(_folder.File("rapl")));
        Domain("intel-rapl:0", "package-0", 250_000, range: 1_000_000);
        Assert.Equal(0.25, counter.Read());
    }

    [Fact]
    public void Domains_are_found_where_the_kernel_links_to_them()
    {
        // The class has links to all domains of two sockets, parts of packages included; the same processors by their other interface; and, as in containers, a link to
        // what is masked.
        const string devices = "devices/intel-rapl";
        string[] domains = ["intel-rapl:0", "intel-rapl:0/intel-rapl:0:0", "intel-rapl:0/intel-rapl:0:1", "intel-rapl:1", "intel-rapl:1/intel-rapl:1:0"];
        string[] names = ["package-0-die-0", "core", "dram", "package-1-die-0", "dram"];
        foreach (var (domain, name) in domains.Zip(names))
        {
            Write($"{devices}/{domain}", name, 1_000_000, 65_532_610_987);
            Link(Path.GetFileName(domain), $"../{devices}/{domain}");
        }

        Write("devices/intel-rapl-mmio/intel-rapl-mmio:0", "package-0", 1_000_000, 262_143_328_850);
        Link("intel-rapl-mmio:0", "../devices/intel-rapl-mmio/intel-rapl-mmio:0");
        Link("intel-rapl:7", "../devices/masked");
        Assert.Equal(["package-0-die-0", "dram", "package-1-die-0", "dram"], RaplCounter.Find(_folder.File("rapl")).Select(counter => counter.Name));
    }

    [Fact]
    public void Domains_that_only_root_may_read_are_none()
    {
        if (OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess)
        {
            // Root may read whatever its mode; a file that is none cannot be read by it either.
            Domain("intel-rapl:0", "package-0", 1_000_000);
            File.Delete(_folder.File("rapl/intel-rapl:0/energy_uj"));
            Directory.CreateDirectory(_folder.File("rapl/intel-rapl:0/energy_uj"));
        }
        else
        {
            Domain("intel-rapl:0", "package-0", 1_000_000);
            File.SetUnixFileMode(_folder.File("rapl/intel-rapl:0/energy_uj"), UnixFileMode.None);
        }

        Assert.Empty(RaplCounter.Find(_folder.File("rapl")));
    }

    [Theory]
    [InlineData("energy_uj", "")]
    [InlineData("energy_uj", "no number")]
    [InlineData("max_energy_range_uj", null)]
    public void Domain_that_cannot_be_read_makes_all_unknown(string file, string? content)
    {
        Domain("intel-rapl:0", "package-0", 1_000_000);
        Domain("intel-rapl:1", "package-1", 1_000_000);
        var path = _folder.File($"rapl/intel-rapl:1/{file}");
        File.Delete(path);
        if (content is not null)
        {
            File.WriteAllText(path, content);
        }

        Assert.Empty(RaplCounter.Find(_folder.File("rapl")));
    }

    [Fact]
    public void Counter_that_goes_away_is_unknown()
    {
        Domain("intel-rapl:0", "package-0", 1_000_000);
        var counter = Assert.Single(RaplCounter.Find(_folder.File("rapl")));
        Directory.Delete(_folder.File("rapl"), recursive: true);
        Assert.Null(counter.Read());
    }

    [Fact]
    public void Machine_without_the_folder_has_none() => Assert.Empty(RaplCounter.Find(_folder.File("nowhere")));

    private void Link(string name, string target)
    {
        Directory.CreateDirectory(_folder.File("rapl"));
        Directory.CreateSymbolicLink(_folder.File($"rapl/{name}"), target);
    }

    private void Domain(string folder, string name, ulong energy, ulong range = 262_143_328_850) => Write($"rapl/{folder}", name, energy, range);

    private void Write(string folder, string name, ulong energy, ulong range)
    {
        var path = _folder.File(folder);
        Directory.CreateDirectory(path);
        File.WriteAllText(Path.Combine(path, "name"), name + "\n");
        File.WriteAllText(Path.Combine(path, "energy_uj"), $"{energy}\n");
        File.WriteAllText(Path.Combine(path, "max_energy_range_uj"), $"{range}\n");
    }
}
