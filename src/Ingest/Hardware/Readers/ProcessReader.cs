using System.Globalization;
using System.IO.Enumeration;
using Pipeline.Contracts;

namespace Pipeline.Ingest.Hardware;

/// <summary>
/// Processes by status, from /proc/PID/stat. A scan looks at <see cref="PerScan"/> of them and goes on from there in the next, so that
/// many processes make the counts rarer and not the scan longer. How many there can be is the kernel's own bound (pid_max).
/// </summary>
internal sealed class ProcessReader(HardwareOptions options) : IHardwareReader
{
    private const int PerScan = 64;

    private static readonly string[] Statuses = ["running", "sleeping", "blocked", "stopped", "defunct"];

    private readonly string _root = Path.Combine(options.Root, "proc");
    private readonly int[] _counts = new int[Statuses.Length];
    private readonly List<int> _processes = [];
    private LabelSet[]? _labels;
    private int _next;

    public void Read(Scan scan)
    {
        if (_next == _processes.Count) Begin();
        for (var end = Math.Min(_next + PerScan, _processes.Count); _next < end; _next++)
            if (StatusOf(scan, _processes[_next]) is >= 0 and var status) _counts[status]++;
        if (_next == _processes.Count) End(scan);
    }

    private void Begin()
    {
        _processes.Clear();
        _next = 0;
        Array.Clear(_counts);
        if (Directory.Exists(_root)) _processes.AddRange(new FileSystemEnumerable<int>(_root, static (ref entry) => Number(entry.FileName))
        {
            ShouldIncludePredicate = static (ref entry) => Number(entry.FileName) > 0,
        });
    }

    private void End(Scan scan)
    {
        if (_processes.Count == 0) return;
        _labels ??= [.. Statuses.Select(status => scan.Labels(("status", status)))];
        for (var i = 0; i < _counts.Length; i++) scan.Add(_labels[i], "process_count", _counts[i]);
    }

    /// <summary>The place among the statuses; -1 for a process that has ended meanwhile or whose file makes no sense.</summary>
    private int StatusOf(Scan scan, int process)
    {
        try
        {
            var status = Parse(scan.ReadFile(string.Create(CultureInfo.InvariantCulture, $"{_root}/{process}/stat")));
            if (status < 0) scan.Drop(DropReason.Malformed);
            return status;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return -1;
        }
    }

    /// <summary>The letter that follows the name, which stands in brackets and may hold any character.</summary>
    private static int Parse(ReadOnlySpan<byte> stat) => stat[(stat.LastIndexOf((byte)')') + 1)..].TrimStart((byte)' ') switch
    {
        [(byte)'R', ..] => 0,
        [(byte)'S' or (byte)'I' or (byte)'P', ..] => 1,
        [(byte)'D', ..] => 2,
        [(byte)'T' or (byte)'t', ..] => 3,
        [(byte)'Z' or (byte)'X', ..] => 4,
        _ => -1,
    };

    private static int Number(ReadOnlySpan<char> name) =>
        int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
