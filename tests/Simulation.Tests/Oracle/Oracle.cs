using System.Text.Json;
using Pipeline.Contracts;
using Pipeline.Testing;

namespace Pipeline.Simulation.Tests;

/// <summary>
/// Says what must be in the log and in the sink at the end, from the observations that are in the log and from nothing that the pipeline said
/// of them.
/// </summary>
internal sealed class Oracle(World world)
{
    public void Check(SourceBooks books, SimulatedInflux influx)
    {
        Assert.All(world.Ledgers.SelectMany(l => l.Read()), row => Assert.Equal(0, row.Difference));
        var (batch, letters) = Compute(books);
        var published = All(world.Topics.Windows);
        WindowAssert.Equal(batch.Closed(), published);
        CheckParts();
        Assert.Equal(batch.Late, All(world.Topics.Late).Sum(r => JsonSerializer.Deserialize(r.Value, WireFormat.Records.LateRecord)!.MissedEnds.Length));
        Assert.Equal(letters, All(world.Topics.DeadLetter).Select(r => JsonSerializer.Deserialize(r.Value, WireFormat.Records.DeadLetter)!).Select(l => (l.Partition, l.Offset, l.Reason)).Order());
        CheckSink(influx);
    }

    private (BatchWindows Batch, List<(int, long, DropReason)> Letters) Compute(SourceBooks books)
    {
        var batch = new BatchWindows(world.Windows) { QuietAfter = (long)world.Options.QuietAfter.TotalMilliseconds };
        var letters = new List<(int, long, DropReason)>();
        var sources = new SourceCheck(books);
        for (var p = 0; p < world.Partitions; p++)
        {
            var partition = batch.BeginPartition();
            sources.Begin();
            foreach (var record in world.Log[world.Topics.Observations, p].Records)
            {
                if (Vandal.IsRubbish(record.Value)) letters.Add((p, record.Offset, DropReason.Malformed));
                else if (sources.TimeOf(record) > record.Time + World.MaxFuture) letters.Add((p, record.Offset, DropReason.Rejected));
                else partition.Add(record.Value, record.Time);
            }
        }
        return (batch, letters);
    }

    /// <summary>Parts are no results, and a doubled one would not show in them.</summary>
    private void CheckParts()
    {
        var revisions = new Dictionary<(string, string, string, long, string), int>();
        foreach (var record in All(world.Topics.Partials).Where(r => r.Key != "tick"))
        {
            var part = JsonSerializer.Deserialize(record.Value, WireFormat.Records.WindowResult)!;
            var key = (part.Window, part.Metric, part.Labels.ToString(), part.End, part.Node!);
            var before = revisions.GetValueOrDefault(key);
            Assert.True(part.Revision == before + 1, $"The part {key} was published with revision {part.Revision} after {before}.");
            revisions[key] = part.Revision;
        }
    }

    private void CheckSink(SimulatedInflux influx)
    {
        var expected = new Dictionary<string, string>();
        var batch = new Sinks.Influx.InfluxBatch();
        foreach (var record in All(world.Topics.Windows)) batch.Add(record.Offset, JsonSerializer.Deserialize(record.Value, WireFormat.Records.WindowResult)!);
        SimulatedInflux.Store(expected, System.Text.Encoding.UTF8.GetString(batch.Lines.Span));
        var missing = expected.Except(influx.Points).Take(3).ToList();
        Assert.True(missing.Count == 0, $"Not in the sink, or not with the last revision, among others: {string.Join("; ", missing)}");
        Assert.Equal(expected.Count, influx.Points.Count);
    }

    private IEnumerable<ReadRecord> All(string topic) => world.Log[topic].SelectMany(p => p.Records).Select(
        r => new ReadRecord(r.Offset, r.Time, System.Text.Encoding.UTF8.GetString(r.Key), System.Text.Encoding.UTF8.GetString(r.Value)));
}
