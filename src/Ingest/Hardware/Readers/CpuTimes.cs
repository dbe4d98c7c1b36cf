namespace Pipeline.Ingest.Hardware;

/// <summary>Clock ticks since boot by mode, as a <c>cpu</c> line of /proc/stat has them. Time of guests is part of user and nice.</summary>
internal readonly record struct CpuTimes(ulong User, ulong Nice, ulong System, ulong Idle, ulong IoWait, ulong Interrupt, ulong Steal)
{
    public ulong Busy => unchecked(User + Nice + System + Interrupt + Steal);

    /// <summary>A waiting core is idle. A tick may move between the two afterwards, so that only their sum never goes back.</summary>
    public ulong Rest => unchecked(Idle + IoWait);

    /// <param name="words">What follows the name of the core.</param>
    public static bool TryParse(ref Words words, out CpuTimes times)
    {
        Span<ulong> n = stackalloc ulong[8];
        var isValid = words.Next(n);
        times = new CpuTimes(n[0], n[1], n[2], n[3], n[4], unchecked(n[5] + n[6]), n[7]);
        return isValid;
    }
}
