using Pipeline.Contracts;

namespace Pipeline.Ingest.Push;

/// <summary>Reads bodies into batches. Not for two threads at once.</summary>
public sealed class PushReader(PushTarget target, PushOptions options)
{
    private readonly LineProtocolParser _lineProtocol = new(target, options);
    private readonly ObservationParser _observations = new(target, options);

    /// <param name="now">The time of a line that has none, Unix milliseconds.</param>
    /// <param name="batch">Gets a record for every good line.</param>
    public PushReport Read(ReadOnlySpan<byte> body, PushRequest request, long now, RecordBatch batch)
    {
        var report = new PushReport();
        using var writer = new ObservationWriter();
        var lines = new BodyLines(body, quotedBreaks: request.Dialect != PushDialect.Observations);
        while (lines.MoveNext())
        {
            var line = lines.Current.TrimStart(" \t"u8);
            if (line.IsEmpty || (line[0] == '#' && request.Dialect != PushDialect.Observations)) continue;
            if (Parse(line, request, now, out var observation) is { } reason)
            {
                report.AddBad(lines.Number, line, reason);
                continue;
            }
            writer.Append(batch, target.Topic, target.Partitions, observation);
            report.AddGood();
        }
        return report;
    }

    private string? Parse(ReadOnlySpan<byte> line, PushRequest request, long now, out Observation observation) =>
        request.Dialect == PushDialect.Observations
            ? _observations.Parse(line, now, out observation)
            : _lineProtocol.Parse(line, request.Precision, now, out observation);
}
