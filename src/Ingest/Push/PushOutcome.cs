namespace Pipeline.Ingest.Push;

/// <summary>What came of a request.</summary>
/// <param name="Status">HTTP: 204 where all is in the log, 400 where a line is not; else the whole body was refused.</param>
/// <param name="Reason">Why the body was refused.</param>
/// <param name="Report">Of the lines, where they were read and appended.</param>
public sealed record PushOutcome(int Status, string Reason, PushReport? Report = null)
{
    /// <summary>Whether the client should send the same again later.</summary>
    public bool IsTemporary => Status == 503;

    public static PushOutcome Of(PushReport report) => new(report.Bad == 0 ? 204 : 400, "", report);
}
