using Pipeline.Contracts;

namespace Pipeline.Ingest.Hardware;

/// <summary>/proc/vmstat: page faults, swapping, and processes killed for want of memory.</summary>
internal sealed class PagingReader(string root) : IHardwareReader
{
    private readonly MachineFile _file = new(Path.Combine(root, "proc/vmstat"));
    private Counter _minor, _major, _in, _out, _kills;
    private LabelSet? _minorLabels, _majorLabels, _inLabels, _outLabels;

    public void Read(Scan scan)
    {
        if (!_file.TryRead(scan, out var text)) return;
        ulong? faults = null, majorFaults = null, swapIn = null, swapOut = null, kills = null;
        foreach (var line in new Lines(text))
        {
            var words = new Words(line);
            var name = words.Next();
            if (name.SequenceEqual("pgfault"u8)) faults = Number(scan, words);
            else if (name.SequenceEqual("pgmajfault"u8)) majorFaults = Number(scan, words);
            else if (name.SequenceEqual("pswpin"u8)) swapIn = Number(scan, words);
            else if (name.SequenceEqual("pswpout"u8)) swapOut = Number(scan, words);
            else if (name.SequenceEqual("oom_kill"u8)) kills = Number(scan, words);
        }
        if (faults is null || majorFaults > faults) _file.Malformed(scan);
        else Add(scan, _minorLabels ??= scan.Labels(("type", "minor")), "paging_faults_per_second", ref _minor, faults - majorFaults);
        Add(scan, _majorLabels ??= scan.Labels(("type", "major")), "paging_faults_per_second", ref _major, majorFaults);
        Add(scan, _inLabels ??= scan.Labels(("direction", "in")), "paging_operations_per_second", ref _in, swapIn);
        Add(scan, _outLabels ??= scan.Labels(("direction", "out")), "paging_operations_per_second", ref _out, swapOut);
        Add(scan, scan.Host, "memory_oom_kills_per_second", ref _kills, kills);
    }

    private ulong? Number(Scan scan, Words words)
    {
        if (words.Next(out ulong number)) return number;
        _file.Malformed(scan);
        return null;
    }

    private static void Add(Scan scan, LabelSet labels, string metric, ref Counter counter, ulong? value)
    {
        if (value is { } number) scan.Add(labels, metric, counter.Rate(number, scan));
    }
}
