using Pipeline.Contracts;

namespace Pipeline.Ingest.Hardware;

/// <summary>What goes wrong with one path: counted each time, reported the first time.</summary>
internal sealed class FileTrouble(string path)
{
    /// <summary>An exception costs more than a scan, so a path that raises one is left alone for so many scans.</summary>
    private const int RestScans = 10;

    private bool _reported;
    private int _restsUntil;

    public bool IsResting(Scan scan) => scan.Number < _restsUntil;

    public void Malformed(Scan scan) => Note(scan, "its content is not what the kernel writes");

    public void Raised(Scan scan, Exception error)
    {
        _restsUntil = scan.Number + RestScans;
        Note(scan, error is UnauthorizedAccessException ? "this user may not read it; run as one that may" : error.Message.TrimEnd('.'));
    }

    public void Note(Scan scan, string reason)
    {
        scan.Drop(DropReason.Malformed);
        if (!_reported) scan.Report($"{path}: {reason}. Its values are missing until it can be read; the rest goes on.");
        _reported = true;
    }
}
