using System.Diagnostics;
using System.Globalization;
using Pipeline.Bench.Windows;
using Pipeline.Contracts;
using Pipeline.Processing;
using Pipeline.Transport.Recordings;

namespace Pipeline.Bench.Recordings;

/// <summary>
/// Recorded samples (five million, or <c>--samples N</c>) through windows as <c>pipeline replay</c> runs them, and through parts of that:
/// processor time, and for a day also the time on the wall.
/// </summary>
public static class ReplayBench
{
    private const int Usual = 5_000_000;
    private const int Day = 86_400 * MadeRecording.Series;
    private const int Runs = 5;

    public static IEnumerable<BenchRow> Measure(string[] args)
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("pipeline-bench-").FullName, "replay.recording");
        try
        {
            var samples = BenchArguments.Number(args, "--samples", Usual);
            var records = MadeRecording.Make(path, samples);
            yield return Row("record size", "", new FileInfo(path).Length / (double)records, "bytes/record");
            var runs = BenchArguments.Number(args, "--runs", Runs);
            yield return Row("replay check", "", records / Median(runs, () => Recording.Open(path)), "records/s");
            var recording = Recording.Open(path);
            yield return Row("replay read", "", records / Median(runs, () => Read(recording)), "records/s");
            yield return Row("replay decode", "", records / Median(runs, () => Replay(recording, [], samples)), "records/s");
            foreach (var of in WindowCase.Chosen(args, WindowCase.All.Where(c => c.Density == "A")))
            {
                var wall = new List<double>();
                var seconds = Median(runs, () => wall.Add(WallSecondsOf(() => Replay(recording, [of], samples))));
                yield return Row("replay", of.Window, records / seconds, "records/s");
                yield return Row("replay of 24 h", of.Window, seconds * Day / samples, "processor s");
                yield return Row("replay of 24 h", of.Window, wall.Order().ElementAt(runs / 2) * Day / samples, "s on the wall");
            }
            yield return Row("replay memory", "", Process.GetCurrentProcess().PeakWorkingSet64 / 1e6, "MB");
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
        }
    }

    private static void Read(Recording recording)
    {
        for (var p = 0; p < MadeRecording.Partitions; p++)
        {
            using var cursor = recording.Read(new TopicPartition(MadeRecording.Topic, p));
            for (var slice = new LogSlice(); cursor.Fill(slice, long.MaxValue, 1000);)
                if (slice.Count == 0) throw new InvalidOperationException("An empty slice.");
        }
    }

    private static void Replay(Recording recording, IReadOnlyList<WindowCase> windows, int samples)
    {
        var plans = windows.Select(w => new WindowPlan(new WindowDefinition(w.Options(sketch: true) with { Metric = "probe.*" }), SpansPartitions: false)).ToList();
        var flows = new WindowFlows(plans, new Topics(), MadeRecording.Partitions, new ProcessingOptions(), new Ledger());
        var published = new Published();
        using var replay = new Replay(recording, new ReplayBranch([flows.Windows], published));
        replay.RunAsync(ReplayPace.Max, () => { }, CancellationToken.None).GetAwaiter().GetResult();
        if (windows.Count > 0 && published.Count < samples / windows[0].Slide - MadeRecording.Series * windows[0].Size)
            throw new InvalidOperationException($"Only {published.Count} results.");
    }

    private static double Median(int runs, Action action) => CpuClock.Median(runs, () => CpuClock.SecondsOf(action));

    private static double WallSecondsOf(Action action)
    {
        var start = TimeProvider.System.GetTimestamp();
        action();
        return TimeProvider.System.GetElapsedTime(start).TotalSeconds;
    }

    private static BenchRow Row(string name, string window, double value, string unit) =>
        new(name, "A", window, double.Parse(value.ToString("G4", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture), null, null, unit);

    private sealed class Published : IReplayListener
    {
        public long Count { get; private set; }

        public void OnPublished(in PendingRecord record) => Count++;
    }
}
