namespace Pipeline.Ingest.Hardware;

/// <summary>One file of /proc/pressure: the share of the last ten seconds in which some task, or all of them, waited.</summary>
internal sealed class PressureReader(string root, string resource) : IHardwareReader
{
    private readonly MachineFile _file = new(Path.Combine(root, "proc/pressure", resource));
    private readonly string _some = $"{resource}_pressure_some_ratio";

    /// <summary>Null for the CPU, which never lets all tasks of a machine wait.</summary>
    private readonly string? _full = resource == "cpu" ? null : $"{resource}_pressure_full_ratio";

    public static IEnumerable<PressureReader> All(string root) => [new(root, "cpu"), new(root, "memory"), new(root, "io")];

    public void Read(Scan scan)
    {
        if (!_file.TryRead(scan, out var text)) return;
        var isValid = !text.IsEmpty;
        foreach (var line in new Lines(text))
        {
            var words = new Words(line);
            var metric = words.Next().SequenceEqual("some"u8) ? _some : _full;
            if (!TryParse(words.Next(), out var percent)) isValid = false;
            else if (metric is not null) scan.Add(scan.Host, metric, percent / 100);
        }
        if (!isValid) _file.Malformed(scan);
    }

    private static bool TryParse(ReadOnlySpan<byte> word, out double percent)
    {
        percent = 0;
        return word.StartsWith("avg10="u8) && new Words(word["avg10=".Length..]).Next(out percent) && percent <= 100;
    }
}
