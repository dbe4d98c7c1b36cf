using System.Text;
using Pipeline.Contracts;

namespace Pipeline.Ingest.Hardware;

/// <summary>The devices of one area by name, at most <paramref name="limit"/>; those not seen in a scan are forgotten at its end.</summary>
internal sealed class DeviceTable<T>(int limit, Func<string, Scan, T> create) where T : class
{
    private const int LongestName = 256;

    private readonly Dictionary<string, (T Device, int Seen)> _devices = [];

    /// <summary>The device of that name; null, counted as overflow, where there are too many or the name is too long.</summary>
    public T? Find(ReadOnlySpan<byte> name, Scan scan)
    {
        Span<char> characters = stackalloc char[LongestName];
        if (!Encoding.UTF8.TryGetChars(name, characters, out var length)) return Overflow(scan);
        var key = characters[..length];
        var devices = _devices.GetAlternateLookup<ReadOnlySpan<char>>();
        if (!devices.TryGetValue(key, out var entry))
        {
            if (_devices.Count >= limit) return Overflow(scan);
            entry.Device = create(key.ToString(), scan);
        }
        devices[key] = (entry.Device, scan.Number);
        return entry.Device;
    }

    public void ForgetUnseen(Scan scan)
    {
        foreach (var (name, (_, seen)) in _devices)
            if (seen != scan.Number) _devices.Remove(name);
    }

    private static T? Overflow(Scan scan)
    {
        scan.Drop(DropReason.Overflow);
        return null;
    }
}
