using System.Collections.Concurrent;
using System.Globalization;
using Xunit.Abstractions;

namespace Pipeline.Simulation.Tests;

/// <summary>
/// Histories of the whole pipeline on one virtual clock, each drawn from a seed: nodes, log, both window stages and the InfluxDB sink, with
/// crashes at any wait, zombies, moves, lost answers, wrong clocks and bad records. What is at the end in the log and in the sink is compared
/// with a batch computation over the observations. A seed that fails is run again, with its history in words, by the command it prints.
/// </summary>
public sealed class SimulationTests(ITestOutputHelper output)
{
    private const int Seeds = 10_000;

    [Fact]
    public void Ten_thousand_histories_end_as_a_batch_computation_says()
    {
        var seeds = int.Parse(Environment.GetEnvironmentVariable("PIPELINE_SEEDS") ?? $"{Seeds}", CultureInfo.InvariantCulture);
        var (total, failures) = (new History(), new ConcurrentQueue<string>());
        var start = TimeProvider.System.GetTimestamp();
        Parallel.For(0, seeds, new ParallelOptions { MaxDegreeOfParallelism = 2 }, (seed, loop) =>
        {
            var history = Try(seed, PlantedFault.None, failures.Enqueue);
            if (history is not null) lock (total) total.Add(history);
            else if (failures.Count >= 10) loop.Stop();
        });
        var seconds = TimeProvider.System.GetElapsedTime(start).TotalSeconds;
        output.WriteLine($"{seeds} seeds in {seconds:0} s, {seeds / seconds:0} a second: {total}");
        output.WriteLine($"TEMP cpu {Environment.CpuUsage.TotalTime.TotalSeconds} s alloc {GC.GetTotalAllocatedBytes() / 1e6 / seeds} MB/seed gcs {GC.CollectionCount(0)} {GC.CollectionCount(1)} {GC.CollectionCount(2)} pause {GC.GetTotalPauseDuration()}");
        Assert.True(failures.IsEmpty, string.Join("\n\n", failures));
    }

    public static TheoryData<string> Faults => [.. PlantedFaults.All.Keys];

    [Theory]
    [MemberData(nameof(Faults))]
    public void Planted_fault_is_found_within_a_thousand_seeds(string fault)
    {
        var found = Enumerable.Range(0, 1000).FirstOrDefault(seed => Try(seed, PlantedFaults.All[fault], output.WriteLine) is null, -1);
        output.WriteLine($"Seed {found} has found that {fault}.");
        Assert.True(found >= 0, $"No seed has found that {fault}.");
    }

    [Fact]
    public void One_seed_is_replayed()
    {
        var seed = int.Parse(Environment.GetEnvironmentVariable("PIPELINE_SEED") ?? "1", CultureInfo.InvariantCulture);
        output.WriteLine($"{Simulation.Run(seed, PlantedFault.None, output.WriteLine)}");
    }

    [Fact]
    public void Same_seed_has_the_same_history()
    {
        for (var seed = 0; seed < 100; seed++)
            Assert.Equal(Simulation.Run(seed, PlantedFault.None).Hash, Simulation.Run(seed, PlantedFault.None).Hash);
    }

    private static History? Try(int seed, PlantedFault fault, Action<string> failed)
    {
        try
        {
            return Simulation.Run(seed, fault);
        }
        catch (Exception e) when (e is Xunit.Sdk.XunitException or InvalidOperationException)
        {
            failed($"PIPELINE_SEED={seed} dotnet test tests/Simulation.Tests -c Release --filter One_seed\n{e.Message}\n{e.StackTrace}");
            return null;
        }
    }
}
