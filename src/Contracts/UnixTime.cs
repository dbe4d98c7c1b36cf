using System.Globalization;

namespace Pipeline.Contracts;

/// <summary>Times as they stand on the wire: whole milliseconds since 1970-01-01T00:00:00Z (docs/adr/0001-time-on-the-wire.md).</summary>
public static class UnixTime
{
    public static long UnixMilliseconds(this TimeProvider time) => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>As RFC 3339 in UTC with milliseconds, for people and the HTTP interface.</summary>
    public static string ToRfc3339(long milliseconds) =>
        DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
