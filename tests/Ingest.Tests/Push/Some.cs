using System.Text;
using Pipeline.Contracts;
using Pipeline.Ingest.Push;

namespace Pipeline.Ingest.Tests.Push;

/// <summary>What most tests of this folder need.</summary>
internal static class Some
{
    /// <summary>The time of a point that has none.</summary>
    public const long Now = 1_700_000_000_123;

    public static readonly PushTarget Target = new("observations", 2, "node-1", new Dictionary<string, string> { ["probe"] = "target" });
    public static readonly Precision Nanoseconds = new(1);

    public static LineProtocolParser Parser(PushOptions? options = null) => new(Target, options ?? new PushOptions());

    public static Observation Point(string line) =>
        Parser().Parse(Encoding.UTF8.GetBytes(line), Nanoseconds, Now, out var point) is { } wrong ? throw new FormatException(wrong) : point;

    public static string? Reason(string line, PushOptions? options = null) =>
        Parser(options).Parse(Encoding.UTF8.GetBytes(line), Nanoseconds, Now, out _);

    /// <summary>A body read to the end: its report and its records.</summary>
    public static (PushReport Report, RecordBatch Batch) Read(byte[] body, PushDialect dialect = PushDialect.InfluxV1)
    {
        var batch = new RecordBatch();
        var report = new PushReader(Target, new PushOptions()).Read(body, new PushRequest(dialect, Nanoseconds), Now, batch);
        return (report, batch);
    }
}
