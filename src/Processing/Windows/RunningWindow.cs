using System.Runtime.InteropServices;

namespace Pipeline.Processing;

/// <summary>What is kept of one group's window between two slides.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct RunningWindow
{
    public long Count;
    public TimedValue First, Last;
}
