using System.Globalization;

namespace Pipeline.Ingest.Hardware;

/// <summary>Holds the wall clock against the monotonic one, and keeps the promise.</summary>
internal sealed class ScanClock(TimeSpan interval)
{
    private DateTimeOffset _wall;
    private long _timestamp;
    private bool _reported;

    /// <summary>Unix milliseconds; never goes back.</summary>
    public long Promise { get; private set; }

    /// <summary>Begins the scan; returns its time in Unix milliseconds.</summary>
    public long Begin(Scan scan)
    {
        var (wall, timestamp) = (scan.Time.GetUtcNow(), scan.Time.GetTimestamp());
        var jump = wall - _wall - scan.Time.GetElapsedTime(_timestamp, timestamp);
        (_wall, _timestamp) = (wall, timestamp);
        scan.Begin(follows: jump.Duration() < interval / 2);

        var time = wall.ToUnixTimeMilliseconds();
        if (time < Promise) ReportSetBack(scan, Promise - time);
        else (Promise, _reported) = (time, false);
        return time;
    }

    private void ReportSetBack(Scan scan, long milliseconds)
    {
        if (_reported) return;
        _reported = true;
        var seconds = (milliseconds / 1000.0).ToString("0.###", CultureInfo.InvariantCulture);
        scan.Report($"The clock went back. Hardware values are dropped as late for {seconds} s, until it has caught up.");
    }
}
