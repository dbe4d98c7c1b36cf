using System.Net.Sockets;

namespace Pipeline.Ingest.Tests.Probes;

/// <summary>A fact about IPv6, skipped on machines that have none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class IPv6FactAttribute : FactAttribute
{
    public IPv6FactAttribute()
    {
        if (!Socket.OSSupportsIPv6) Skip = "This machine has no IPv6.";
    }
}
