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

    private void Domain(string folder, string name, ulong energy, ulong range = 262_143_328_850)
    {
        var path = _folder.File($"rapl/{folder}");
        Directory.CreateDirectory(path);
        File.WriteAllText(Path.Combine(path, "name"), name + "\n");
        File.WriteAllText(Path.Combine(path, "energy_uj"), $"{energy}\n");
        File.WriteAllText(Path.Combine(path, "max_energy_range_uj"), $"{range}\n");
    }
}
