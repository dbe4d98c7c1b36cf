namespace Pipeline.Ingest.Hardware;

/// <summary>/proc/stat: time in each mode, in all and per core; interrupts, context switches, new processes.</summary>
internal sealed class CpuReader(HardwareOptions options) : IHardwareReader
{
    private readonly MachineFile _file = new(Path.Combine(options.Root, "proc/stat"));
    private readonly DeviceTable<CpuCore> _cores = new(options.Limit, (name, scan) => new CpuCore(scan.Labels(("cpu", name))));
    private CpuCore? _total;
    private CpuModes? _modes;
    private Counter _interrupts, _switches, _processes;

    public void Read(Scan scan)
    {
        if (_file.TryRead(scan, out var text))
        {
            var cores = 0;
            var isValid = true;
            foreach (var line in new Lines(text))
            {
                var words = new Words(line);
                var name = words.Next();
                if (!name.StartsWith("cpu"u8)) ReadCount(scan, name, ref words);
                else if (!CpuTimes.TryParse(ref words, out var times)) isValid = false;
                else if (name.Length == "cpu".Length) ReadTotal(scan, times);
                else
                {
                    cores++;
                    _cores.Find(name["cpu".Length..], scan)?.Read(scan, times);
                }
            }
            if (cores > 0) scan.Add(scan.Host, "cpu_logical_count", cores);
            if (cores == 0 || !isValid) _file.Malformed(scan);
        }
        _cores.ForgetUnseen(scan);
    }

    private void ReadTotal(Scan scan, in CpuTimes times)
    {
        (_total ??= new CpuCore(scan.Labels(("cpu", "total")))).Read(scan, times);
        (_modes ??= new CpuModes(scan)).Read(scan, times);
    }

    private void ReadCount(Scan scan, ReadOnlySpan<byte> name, ref Words words)
    {
        if (name.SequenceEqual("intr"u8)) Add(scan, "cpu_interrupts_per_second", ref _interrupts, ref words);
        else if (name.SequenceEqual("ctxt"u8)) Add(scan, "cpu_context_switches_per_second", ref _switches, ref words);
        else if (name.SequenceEqual("processes"u8)) Add(scan, "process_created_per_second", ref _processes, ref words);
    }

    private void Add(Scan scan, string metric, ref Counter counter, ref Words words)
    {
        if (words.Next(out ulong value)) scan.Add(scan.Host, metric, counter.Rate(value, scan));
        else _file.Malformed(scan);
    }
}
