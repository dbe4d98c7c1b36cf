using Pipeline.Contracts;

namespace Pipeline.Ingest.Hardware;

/// <summary>What one network device receives, or transmits.</summary>
internal sealed class NetworkDirection(LabelSet labels)
{
    private Counter _bytes, _packets, _errors, _dropped;

    public void Read(Scan scan, in NetworkDirectionCounts counts)
    {
        scan.Add(labels, "network_io_bytes_per_second", _bytes.Rate(counts.Bytes, scan));
        scan.Add(labels, "network_packets_per_second", _packets.Rate(counts.Packets, scan));
        scan.Add(labels, "network_errors_per_second", _errors.Rate(counts.Errors, scan));
        scan.Add(labels, "network_packet_dropped_per_second", _dropped.Rate(counts.Dropped, scan));
    }
}
