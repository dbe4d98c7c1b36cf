using System.Runtime.InteropServices;

namespace Pipeline.Processing;

/// <summary>What is kept of one group's window between two slides.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct RunningWindow
{
    public long Count;
    public TimedValue First, Last;

    /// <summary>Where the samples are kept in ascending order, and for how many there is room; 0 where they are not kept.</summary>
    public int Block, Capacity;
}
