using Pipeline.Contracts;

namespace Pipeline.Ingest.Hardware;

/// <summary>/proc/meminfo: memory by what it is used for, and swap.</summary>
internal sealed class MemoryReader(string root) : IHardwareReader
{
    private readonly MachineFile _file = new(Path.Combine(root, "proc/meminfo"));
    private readonly Dictionary<string, LabelSet> _states = [];

    public void Read(Scan scan)
    {
        if (!_file.TryRead(scan, out var text)) return;
        var memory = MemoryFigures.Parse(text);
        if (memory.IsValid) Add(scan, memory);
        else _file.Malformed(scan);
    }

    private void Add(Scan scan, in MemoryFigures memory)
    {
        scan.Add(scan.Host, "memory_limit_bytes", memory.Total);
        scan.Add(scan.Host, "memory_available_bytes", memory.Available);
        if (memory.Total > 0) scan.Add(scan.Host, "memory_utilization_ratio", 1 - memory.Available / memory.Total);
        Add(scan, "memory_usage_bytes", "used", memory.Total - memory.Free - memory.Buffers - memory.Cached);
        Add(scan, "memory_usage_bytes", "free", memory.Free);
        Add(scan, "memory_usage_bytes", "buffers", memory.Buffers);
        Add(scan, "memory_usage_bytes", "cached", memory.Cached);

        Add(scan, "paging_usage_bytes", "used", memory.SwapTotal - memory.SwapFree);
        Add(scan, "paging_usage_bytes", "free", memory.SwapFree);
        if (memory.SwapTotal > 0) scan.Add(scan.Host, "paging_utilization_ratio", 1 - memory.SwapFree / memory.SwapTotal);
    }

    private void Add(Scan scan, string metric, string state, double bytes)
    {
        if (!_states.TryGetValue(state, out var labels)) _states.Add(state, labels = scan.Labels(("state", state)));
        scan.Add(labels, metric, bytes);
    }
}
