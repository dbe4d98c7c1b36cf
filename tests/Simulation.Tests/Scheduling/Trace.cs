using System.Runtime.InteropServices;

namespace Pipeline.Simulation.Tests;

/// <summary>What happened, as a hash that two equal histories share; and in words for somebody who looks at one.</summary>
internal sealed class Trace
{
    private const ulong Prime = 1099511628211;

    public ulong Hash { get; private set; } = 14695981039346656037;

    /// <summary>Told of everything that is worth a line; nobody, unless a seed is looked at.</summary>
    public Action<string>? Tell { get; set; }

    public void Step(SimulatedProcess process, long time)
    {
        Add((ulong)process.Number);
        Add((ulong)time);
    }

    public void Add(ReadOnlySpan<byte> bytes)
    {
        foreach (var eight in MemoryMarshal.Cast<byte, ulong>(bytes)) Add(eight);
        foreach (var b in bytes[^(bytes.Length % sizeof(ulong))..]) Add(b);
    }

    public void Add(ulong value) => Hash = (Hash ^ value) * Prime;
}
