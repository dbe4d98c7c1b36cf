using System.Text;
using System.Text.Json;
using Pipeline.Contracts;
using Pipeline.Testing;

namespace Pipeline.Simulation.Tests;

/// <summary>
/// Says what must be in the log and in the sink at the end, from the observations that are in the log and from nothing that the pipeline said
/// of them.
/// </summary>
internal sealed class Oracle
{
    private readonly World _world;
    private readonly BatchWindows _kept, _added, _removed, _prompt, _lenient;
    private readonly List<(int Partition, long Offset, DropReason Reason)> _unusable = [];
    private readonly List<WindowResult> _results;

    public Oracle(World world, SourceBooks books)
    {
        _world = world;
        (_kept, _added, _removed) = (Batch(world.Windows.Kept), Batch(world.Windows.WithSources(world.Windows.Added)), Batch(world.Windows.Removed));
        _prompt = Batch([.. world.Windows.Removed.Select(w => w with { Lateness = TimeSpan.Zero })]);
        _lenient = Batch([.. world.Windows.WithSources(world.Windows.Added).Select(w => w with { Lateness = TimeSpan.FromHours(1) })]);
        _results = [.. Values(world.Topics.Windows).Select(v => JsonSerializer.Deserialize(v, WireFormat.Records.WindowResult)!)];
        var sources = new SourceCheck(books);
        for (var p = 0; p < world.Partitions; p++) Read(p, sources);

        BatchWindows Batch(IReadOnlyList<Processing.WindowOptions> windows) => new(windows);
    }

    public void Check(SimulatedInflux influx)
    {
        Assert.All(_world.Ledgers.SelectMany(l => l.Read()), row => Assert.Equal(0, row.Difference));
        new ResultCheck(_world, _results).Check(_kept, new ChangedWindows(_removed.Closed(), _prompt.Closed(), _added.Closed(), _lenient.Closed()));
        CheckParts();
        CheckLate();
        CheckLetters();
        CheckSink(influx);
    }

    private void Read(int partition, SourceCheck sources)
    {
        BatchWindows.Partition[] all = [.. new[] { _kept, _added, _removed, _prompt, _lenient }.Select(b => b.BeginPartition())];
        var batches = _world.Windows.WillChange ? all : all[..1];
        var quietAfter = QuietAfterOf(partition);
        sources.Begin();
        foreach (var record in _world.Log[_world.Topics.Observations, partition].Records)
        {
            if (Vandal.IsRubbish(record.Value))
            {
                _unusable.Add((partition, record.Offset, DropReason.Malformed));
                continue;
            }
            using var json = JsonDocument.Parse(record.Value);
            if (sources.TimeOf(json.RootElement) > record.Time + World.MaxFuture) _unusable.Add((partition, record.Offset, DropReason.Rejected));
            else foreach (var batch in batches)
            {
                batch.QuietAfter = quietAfter[(int)Math.Min(record.Offset, quietAfter.Count - 1)];
                batch.Add(json.RootElement, record.Time);
            }
        }
    }

    /// <summary>
    /// By input, the setting of the run that published first what came of it: which run that was only the progress knows. After the last that was
    /// published nothing comes of the inputs.
    /// </summary>
    private List<long> QuietAfterOf(int partition)
    {
        var (key, decided) = (Encoding.UTF8.GetBytes($"windows/{partition}"), new List<long>());
        foreach (var record in _world.Log[_world.Topics.Progress, partition].Records.Where(r => r.Key.AsSpan().SequenceEqual(key)))
        {
            var progress = JsonSerializer.Deserialize(record.Value, WireFormat.Records.Progress)!;
            while (decided.Count <= progress.PublishedThrough) decided.Add(_world.MeantBy(progress.Rules!.Last(r => r.From <= decided.Count || r == progress.Rules![0])));
        }
        return decided;
    }

    /// <summary>Parts are no results, and a doubled one would not show in them.</summary>
    private void CheckParts()
    {
        var revisions = new Dictionary<(string, string, LabelSet, long, long, string), int>();
        foreach (var record in _world.Log[_world.Topics.Partials].SelectMany(p => p.Records).Where(r => !r.Key.AsSpan().SequenceEqual("tick"u8)))
        {
            var part = JsonSerializer.Deserialize(record.Value, WireFormat.Records.WindowResult)!;
            var key = (part.Window, part.Metric, part.Labels, part.Start, part.End, part.Node!);
            var before = revisions.GetValueOrDefault(key);
            if (part.Revision != before + 1) Assert.Fail($"The part {key} was published with revision {part.Revision} after {before}.");
            revisions[key] = part.Revision;
        }
    }

    /// <summary>Each sample that a window misses is told of once.</summary>
    private void CheckLate()
    {
        var kept = _world.Windows.Kept.Select(w => w.Name).ToHashSet();
        var missed = Values(_world.Topics.Late).Select(v => JsonSerializer.Deserialize(v, WireFormat.Records.LateRecord)!)
            .Where(l => kept.Contains(l.Window)).Sum(l => l.MissedEnds.Length);
        Assert.True(missed == _kept.Late, $"{_kept.Late} windows were missed by late samples, and {missed} are told of.");
    }

    private void CheckLetters()
    {
        var letters = Values(_world.Topics.DeadLetter).Select(v => JsonSerializer.Deserialize(v, WireFormat.Records.DeadLetter)!);
        Assert.Equal(_unusable, letters.Select(l => (l.Partition, l.Offset, l.Reason)).Order());
    }

    private void CheckSink(SimulatedInflux influx)
    {
        var batch = new Sinks.Influx.InfluxBatch();
        foreach (var result in _results) batch.Add(0, result);
        var expected = new Dictionary<string, string>();
        SimulatedInflux.Store(expected, Encoding.UTF8.GetString(batch.Lines.Span));
        var missing = expected.Except(influx.Points).Take(3).ToList();
        Assert.True(missing.Count == 0, $"Not in the sink, or not with the last revision, among others: {string.Join("; ", missing)}");
        Assert.Equal(expected.Count, influx.Points.Count);
    }

    private IEnumerable<byte[]> Values(string topic) => _world.Log[topic].SelectMany(p => p.Records).Select(r => r.Value);
}
