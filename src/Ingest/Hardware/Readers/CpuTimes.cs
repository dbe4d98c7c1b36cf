namespace Pipeline.Ingest.Hardware;

/// <summary>Clock ticks since boot by mode, as a <c>cpu</c> line of /proc/stat has them. Time of guests is part of user and nice.</summary>
internal readonly struct CpuTimes
{
    public ulong User { get; private init; }
    public ulong Nice { get; private init; }
    public ulong System { get; private init; }
    public ulong Idle { get; private init; }
    public ulong IoWait { get; private init; }
    public ulong Interrupt { get; private init; }
    public ulong Steal { get; private init; }

    public ulong Busy => unchecked(User + Nice + System + Interrupt + Steal);

    /// <summary>A waiting core is idle. A tick may move between the two afterwards, so that only their sum never goes back.</summary>
    public ulong Rest => unchecked(Idle + IoWait);

    /// <param name="words">What follows the name of the core.</param>
    public static bool TryParse(ref Words words, out CpuTimes times)
    {
        Span<ulong> n = stackalloc ulong[8];
        var isValid = words.Next(n);
        times = new CpuTimes
        {
            User = n[0], Nice = n[1], System = n[2], Idle = n[3], IoWait = n[4], Interrupt = unchecked(n[5] + n[6]), Steal = n[7],
        };
        return isValid;
    }
}
