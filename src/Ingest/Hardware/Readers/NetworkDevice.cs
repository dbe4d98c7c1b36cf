namespace Pipeline.Ingest.Hardware;

/// <summary>What goes through one network device.</summary>
internal sealed class NetworkDevice(Scan first, string name)
{
    private readonly NetworkDirection _receive = new(first.Labels(("device", name), ("direction", "receive")));
    private readonly NetworkDirection _transmit = new(first.Labels(("device", name), ("direction", "transmit")));

    public void Read(Scan scan, in NetworkCounts counts)
    {
        _receive.Read(scan, counts.Received);
        _transmit.Read(scan, counts.Transmitted);
    }
}
