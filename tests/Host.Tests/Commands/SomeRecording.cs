using Pipeline.Contracts;
using Pipeline.Transport.Recordings;

namespace Pipeline.Host.Tests;

/// <summary>A recording of ten hosts, one sample a second each, every tenth of them three seconds late.</summary>
internal sealed class SomeRecording : IDisposable
{
    private const int Partitions = 2;
    private const int Seconds = 60;
    public const long Start = 1_767_225_600_000;

    private readonly string _folder = Directory.CreateTempSubdirectory("pipeline-test-").FullName;

    public SomeRecording(string? configuration = null, string topic = "observations")
    {
        Path = System.IO.Path.Combine(_folder, "some.recording");
        var json = configuration is null ? null : System.Text.Json.Nodes.JsonNode.Parse(configuration)!.AsObject();
        using var writer = RecordingWriter.Create(Path, new RecordingHeader("test", "", "node", "", [new RecordedTopic(topic, [0, 0])], json));
        using var observations = new ObservationWriter();
        var (batch, offsets) = (new RecordBatch(), new long[Partitions]);
        for (var second = 0; second < Seconds; second++)
        {
            batch.Clear();
            var time = Start + second * 1000;
            foreach (var seen in Arriving(second))
                for (var host = 0; host < 10; host++) observations.Append(batch, topic, Partitions, Observation(host, Start + seen * 1000, seen));
            batch.AddTick(topic, Partitions, new Tick("node", time - 500));
            for (var i = 0; i < batch.Count; i++)
                writer.Add(batch[i].To, new LogRecord(offsets[batch[i].To.Partition]++, time + 100, batch[i].Key, batch[i].Value));
        }
        writer.Complete();
    }

    public string Path { get; }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>The seconds whose samples arrive in this one.</summary>
    private static int[] Arriving(int second) => (second % 10) switch { 3 => [], 6 => [second, second - 3], _ => [second] };

    private static Observation Observation(int host, long time, int value) => new()
    {
        Kind = "load", Time = time, Source = "node", Key = $"h{host}",
        Labels = LabelSet.Of(("host", $"h{host}"), ("region", $"r{host % 2}")), Values = [new Measurement("value", value + host)],
    };
}
