using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Pipeline.Ingest.Push;

/// <summary>Answers in the form that clients of each interface understand.</summary>
internal static class PushAnswer
{
    /// <summary>Seconds.</summary>
    private const string RetryAfter = "5";

    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static async Task WriteAsync(HttpResponse response, PushDialect dialect, PushOutcome outcome)
    {
        response.StatusCode = outcome.Status;
        if (outcome.IsTemporary) response.Headers.RetryAfter = RetryAfter;
        if (outcome.Status == 204) return;
        response.ContentType = "application/json; charset=utf-8";
        if (dialect == PushDialect.InfluxV2) response.Headers["X-Platform-Error-Code"] = CodeOf(outcome.Status);
        await using var json = new Utf8JsonWriter(response.BodyWriter, Readable);
        json.WriteStartObject();
        Write(json, dialect, outcome);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, PushDialect dialect, PushOutcome outcome)
    {
        switch (dialect)
        {
            case PushDialect.InfluxV1:
                json.WriteString("error", outcome.Report is { } v1 ? V1(v1) : outcome.Reason);
                break;
            case PushDialect.InfluxV2:
                json.WriteString("code", CodeOf(outcome.Status));
                json.WriteString("message", outcome.Report is { } v2 ? V2(v2) : outcome.Reason);
                break;
            default:
                json.WriteString("error", outcome.Report is { } own ? Summary(own) : outcome.Reason);
                if (outcome.Report is { } lines) WriteLines(json, lines);
                break;
        }
    }

    /// <summary>As InfluxDB 1 says it; the words "partial write" stand for good lines that were stored.</summary>
    private static string V1(PushReport report)
    {
        var lines = report.Described.Select(l => $"unable to parse '{l.Text}': {l.Reason} (line {l.Number})");
        return $"{(report.Good > 0 ? "partial write: " : "")}{string.Join('\n', lines.Concat(More(report)))} dropped={report.Bad}";
    }

    /// <summary>InfluxDB 2 stores nothing of a body with a bad line; here the good lines are stored, and the message says so.</summary>
    private static string V2(PushReport report)
    {
        var lines = report.Described.Select(l => $"line {l.Number}: unable to parse '{l.Text}': {l.Reason}");
        return string.Join('\n', lines.Prepend(Summary(report)).Concat(More(report)));
    }

    private static void WriteLines(Utf8JsonWriter json, PushReport report)
    {
        json.WriteNumber("stored", report.Good);
        json.WriteNumber("bad", report.Bad);
        json.WriteStartArray("lines");
        foreach (var line in report.Described)
        {
            json.WriteStartObject();
            json.WriteNumber("line", line.Number);
            json.WriteString("error", line.Reason);
            json.WriteString("text", line.Text);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static string Summary(PushReport report) => $"partial write: {report.Good} lines are stored, {report.Bad} bad lines are not";

    private static IEnumerable<string> More(PushReport report) =>
        report.Bad > report.Described.Count ? [$"and {report.Bad - report.Described.Count} more bad lines"] : [];

    private static string CodeOf(int status) => status switch
    {
        413 => "request too large",
        503 => "unavailable",
        500 => "internal error",
        _ => "invalid",
    };
}
