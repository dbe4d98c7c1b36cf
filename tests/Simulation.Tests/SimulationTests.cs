using System.Collections.Concurrent;
using System.Globalization;
using Xunit.Abstractions;

namespace Pipeline.Simulation.Tests;

/// <summary>
/// Histories of the whole pipeline on one virtual clock, each drawn from a seed: nodes, log, both window stages and the InfluxDB sink, with
/// crashes at any wait, zombies, moves, lost answers, wrong clocks, bad records, changed windows and settings. What is in the log and in the sink at the
/// end is compared with a batch computation over the observations. How to add a fault that this must find: <see cref="PlantedFault"/>.
/// </summary>
public sealed class SimulationTests(ITestOutputHelper output)
{
    private static readonly int Seeds = int.Parse(Environment.GetEnvironmentVariable("PIPELINE_SEEDS") ?? "10000", CultureInfo.InvariantCulture);
    private const int MostFailures = 5;

    public static TheoryData<string> Faults => [.. PlantedFaults.All.Keys];

    [Fact]
    public void Ten_thousand_histories_end_as_a_batch_computation_says()
    {
        var (total, failures) = (new History(), new ConcurrentQueue<string>());
        var start = TimeProvider.System.GetTimestamp();
        Parallel.For(0, Seeds, new ParallelOptions { MaxDegreeOfParallelism = 2 }, (seed, loop) =>
        {
            try
            {
                var history = Simulation.Run(seed, PlantedFault.None);
                lock (total) total.Add(history);
            }
            catch (Exception e) when (IsWrong(e))
            {
                failures.Enqueue($"PIPELINE_SEED={seed} dotnet test tests/Simulation.Tests -c Release --filter One_seed\n{e.Message}");
                if (failures.Count >= MostFailures) loop.Stop();
            }
        });
        var seconds = TimeProvider.System.GetElapsedTime(start).TotalSeconds;
        output.WriteLine($"{Seeds} seeds in {seconds:0} s, {Seeds / seconds:0} a second: {total}");
        Assert.True(failures.IsEmpty, string.Join("\n\n", failures));
        long[] counts = [total.Crashes, total.Zombies, total.Moves, total.Changes, total.Settings, total.Fenced, total.Refused, total.Unknown, total.Late, total.Unreadable];
        Assert.True(counts.Min() > Seeds / 10, "Too little went wrong, so it proves little.");
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public void Planted_fault_is_found_within_a_thousand_seeds(string fault)
    {
        var found = Enumerable.Range(0, 1000).FirstOrDefault(seed => Finds(seed, PlantedFaults.All[fault]), -1);
        Assert.True(found >= 0, $"No seed has found that {fault}.");
        output.WriteLine($"Seed {found} has found that {fault}.");
    }

    /// <summary>The seed that <c>PIPELINE_SEED</c> names, in words.</summary>
    [Fact]
    public void One_seed_is_replayed()
    {
        var seed = int.Parse(Environment.GetEnvironmentVariable("PIPELINE_SEED") ?? "1", CultureInfo.InvariantCulture);
        output.WriteLine(Simulation.Run(seed, PlantedFault.None, output.WriteLine).ToString());
    }

    [Fact]
    public void Same_seed_has_the_same_history()
    {
        var hashes = Enumerable.Range(0, 50).Select(seed => Simulation.Run(seed, PlantedFault.None).Hash).ToList();
        Assert.Equal(hashes, Enumerable.Range(0, 50).AsParallel().AsOrdered().Select(seed => Simulation.Run(seed, PlantedFault.None).Hash));
        Assert.Equal(hashes.Count, hashes.Distinct().Count());
    }

    private bool Finds(int seed, PlantedFault fault)
    {
        try
        {
            Simulation.Run(seed, fault);
            return false;
        }
        catch (Exception e) when (IsWrong(e))
        {
            output.WriteLine(e.Message);
            return true;
        }
    }

    /// <summary>The outcome is wrong, or it went wrong on the way, in whatever manner: without its seed nobody could tell what has happened.</summary>
    private static bool IsWrong(Exception e) => e is not OutOfMemoryException;
}
