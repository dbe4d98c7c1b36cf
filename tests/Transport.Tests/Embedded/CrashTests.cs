using System.Diagnostics;
using System.Globalization;
using Pipeline.Contracts;
using Pipeline.Testing;
using Pipeline.Transport.Embedded;

namespace Pipeline.Transport.Tests.Embedded;

/// <summary>A real process is killed with -9 while four threads append; see Transport.Tests.CrashWriter.</summary>
public sealed class CrashTests : IDisposable
{
    private const int Rounds = 12;
    private const int RoundNumbers = 1_000_000;

    private static readonly TopicPartition[] Partitions = [new("a", 0), new("a", 1), new("b", 0)];
    private static readonly TopicSpec[] Topics = [new("a", 2, TimeSpan.FromDays(1), 1L << 40), new("b", 1, TimeSpan.FromDays(1), 1L << 40)];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Killed_writer_leaves_every_acknowledged_append_whole_and_no_other_in_part()
    {
        var random = new Random(4711);
        var acknowledged = new HashSet<string>();
        for (var round = 0; round < Rounds; round++)
        {
            acknowledged.UnionWith(await RunAndKill(round, 1 + random.Next(4_000)));
            await using (var view = EmbeddedLog.OpenReadOnly(_folder.Path, TimeProvider.System)) await Check(view, acknowledged);
            if (round % 3 == 0) continue; // the next writer recovers alone
            await using var log = EmbeddedLog.Open(_folder.Path, Topics, new EmbeddedLogOptions(), TimeProvider.System);
            Assert.DoesNotContain(log.Recovery, n => n.Kind != RecoveryKind.Cut);
            await Check(log, acknowledged);
        }
    }

    /// <summary>Kills a writer once it has acknowledged this many appends, and returns all that it has.</summary>
    private async Task<List<string>> RunAndKill(int round, int after)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "Pipeline.Transport.Tests.CrashWriter.dll");
        var start = new ProcessStartInfo("dotnet", [program, _folder.Path, (round * RoundNumbers).ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardOutput = true,
        };
        using var writer = Process.Start(start)!;
        var lines = new List<string>();
        while (await writer.StandardOutput.ReadLineAsync() is { } line)
        {
            Assert.False(line.StartsWith('#') && !line.StartsWith("# Cut", StringComparison.Ordinal), line);
            if (!line.StartsWith('#')) lines.Add(line);
            if (lines.Count == after) writer.Kill();
        }
        await writer.WaitForExitAsync();
        Assert.True(lines.Count >= after, $"The writer ended by itself after {lines.Count} appends.");
        return lines;
    }

    private static async Task Check<T>(T log, HashSet<string> acknowledged) where T : ILogReader, ILogCatalog
    {
        var found = new List<Dictionary<string, int>>();
        foreach (var partition in Partitions)
        {
            var counts = new Dictionary<string, int>();
            string? last = null;
            foreach (var record in await log.TakeAll(partition))
            {
                if (record.Key != last) Assert.True(counts.TryAdd(record.Key, 0), $"{record.Key} is in {partition} twice");
                counts[last = record.Key]++;
            }
            foreach (var (key, count) in counts) Assert.Equal(1 + Number(key) % 3, count);
            found.Add(counts);
        }
        Assert.All(found, counts => Assert.True(counts.Keys.ToHashSet().SetEquals(found[0].Keys)));
        Assert.Empty(acknowledged.Except(found[0].Keys));
    }

    private static int Number(string key) => int.Parse(key[(key.IndexOf('/', StringComparison.Ordinal) + 1)..], CultureInfo.InvariantCulture);
}
