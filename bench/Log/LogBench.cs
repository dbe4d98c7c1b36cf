namespace Pipeline.Bench.Log;

/// <summary>
/// Records of 150 bytes (20 of key), alternating between two partitions, a commit every 1,000; then all of them read again. The peers do the
/// same in the same run; the median of several rounds counts.
/// </summary>
public static class LogBench
{
    public const int Records = 2_000_000;
    public const int PerCommit = 1_000;
    private const int Rounds = 5;

    public static async IAsyncEnumerable<BenchRow> MeasureAsync()
    {
        var folder = Directory.CreateTempSubdirectory("pipeline-bench-").FullName;
        try
        {
            var (ours, sqlite, file) = await MeasureAsync(folder);
            foreach (var (peer, name) in new[] { (sqlite, "SQLite WAL"), (file, "FileStream") })
            {
                yield return new BenchRow("log append", "", "", ours.Append, peer.Append, name, "records/s");
                yield return new BenchRow("log read", "", "", ours.Read, peer.Read, name, "records/s");
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>In turns, so that what the machine does besides hits all alike.</summary>
    private static async Task<(LogFigures Ours, LogFigures Sqlite, LogFigures File)> MeasureAsync(string folder)
    {
        List<LogFigures> ours = [], sqlite = [], file = [];
        for (var i = 0; i <= Rounds; i++)
        {
            ours.Add(await EmbeddedLogRun.MeasureAsync(NewFolder(folder)));
            sqlite.Add(await SqliteRun.MeasureAsync(NewFolder(folder)));
            file.Add(await FileRun.MeasureAsync(NewFolder(folder)));
        }
        return (Median(ours), Median(sqlite), Median(file));
    }

    /// <summary>Without the first, which compiles.</summary>
    private static LogFigures Median(IEnumerable<LogFigures> runs)
    {
        var counted = runs.Skip(1).ToList();
        return new LogFigures(counted.Select(r => r.Append).Order().ElementAt(Rounds / 2), counted.Select(r => r.Read).Order().ElementAt(Rounds / 2));
    }

    private static string NewFolder(string under)
    {
        foreach (var old in Directory.EnumerateDirectories(under)) Directory.Delete(old, recursive: true);
        return Directory.CreateDirectory(Path.Combine(under, Guid.NewGuid().ToString("N"))).FullName;
    }
}
