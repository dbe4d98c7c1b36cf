namespace Pipeline.Ingest.Push;

/// <summary>How a body is to be read.</summary>
/// <param name="Precision">What a time without a unit counts. Observations always count milliseconds.</param>
/// <param name="Encoding">The Content-Encoding; empty for none.</param>
public sealed record PushRequest(PushDialect Dialect, Precision Precision, string Encoding = "");

/// <summary>Which interface was called. It decides the format of the lines and the form of the answer.</summary>
public enum PushDialect
{
    /// <summary>InfluxDB 1: <c>/write</c>.</summary>
    InfluxV1,

    /// <summary>InfluxDB 2: <c>/api/v2/write</c>.</summary>
    InfluxV2,

    /// <summary>One JSON observation a line: <c>/api/observations</c>.</summary>
    Observations,
}
