using System.Text;
using Pipeline.Contracts;
using Pipeline.Testing;
using Pipeline.Transport.Recordings;

namespace Pipeline.Transport.Tests;

/// <summary>Recordings in a folder of the test's own.</summary>
internal sealed class RecordingFile : IDisposable
{
    private readonly TemporaryFolder _folder = new(inMemory: true);
    private int _files;

    public string NewPath() => Path.Combine(_folder.Path, $"{++_files}.recording");

    /// <summary>Of topic "a", with two partitions.</summary>
    public static RecordingHeader Header { get; } = new("pipeline test", "2026-01-01T00:00:00.000Z", "node", "", [new RecordedTopic("a", [0, 0])], null);

    public string Write(IEnumerable<(int Partition, ReadRecord Record)> records, int blockBytes = 1 << 20)
    {
        var path = NewPath();
        using var writer = RecordingWriter.Create(path, Header);
        writer.BlockBytes = blockBytes;
        foreach (var (partition, record) in records)
            writer.Add(new TopicPartition("a", partition), new LogRecord(record.Offset, record.Time, Encoding.UTF8.GetBytes(record.Key), Encoding.UTF8.GetBytes(record.Value)));
        writer.Complete();
        return path;
    }

    /// <summary>Each of the observations topic's partitions, recorded as the program does.</summary>
    public async Task<string> RecordAsync(InMemoryLog log, string topic, int blockBytes = 1 << 20)
    {
        var state = (await log.DescribeAsync(default)).Single(t => t.Name == topic);
        var path = NewPath();
        using var writer = RecordingWriter.Create(path, Header with { Topics = [new RecordedTopic(topic, [.. state.Partitions.Select(_ => 0L)])] });
        writer.BlockBytes = blockBytes;
        var parts = state.Partitions.Select((p, i) => new RecordedPart(new TopicPartition(topic, i), 0, p.End)).ToList();
        await new Recorder(log, writer, TimeProvider.System).RunAsync(parts, follow: false, () => { }, default);
        writer.Complete();
        return path;
    }

    /// <summary>All records of a partition of topic "a", read a few at a time.</summary>
    public static List<ReadRecord> Read(Recording recording, int partition, int most = 7)
    {
        using var cursor = recording.Read(new TopicPartition("a", partition));
        var records = new List<ReadRecord>();
        for (var slice = new LogSlice(); cursor.Fill(slice, long.MaxValue, most);) records.AddRange(LogReading.Copy(slice));
        return records;
    }

    public void Dispose() => _folder.Dispose();
}
