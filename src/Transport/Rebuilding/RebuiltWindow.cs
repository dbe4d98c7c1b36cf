using Pipeline.Contracts;
using Pipeline.Processing;

namespace Pipeline.Transport.Rebuilding;

/// <summary>The window that is to be rebuilt.</summary>
/// <param name="Flows">Those that compute this window, the one that it is put together from, and no other.</param>
public sealed record RebuiltWindow(WindowPlan Plan, IReadOnlyList<Flow> Flows, ProcessingOptions Options)
{
    /// <summary>
    /// So long before a sample's time the log may have taken it; then all nodes that are alive have been heard again, and no watermark that was
    /// known without some of them has come as far as the sample. Milliseconds.
    /// </summary>
    internal long Margin => (long)(Options.MaxFuture + Options.QuietAfter).TotalMilliseconds + 1;

    internal WindowDefinition Definition => Plan.Definition;
    internal string Name => Definition.Name;

    /// <summary>From when on the samples must be whole for the windows that end at an instant or later; sessions take the cut before it.</summary>
    internal long NeededFor(long end) => Math.Max(0, Definition.Kind == WindowKind.Session
        ? Definition.Slicing.StartAtOrAfter(end + 1 - 2 * Definition.Slicing.Size)
        : Definition.Slicing.StartAtOrAfter(end - Definition.Slicing.Size - Definition.BaselineReach));

    /// <summary>The first end of which is known that its window, however it begins, is whole, and so are those that it is compared with.</summary>
    /// <param name="whole">From when on the samples are; 0 where there were none before.</param>
    internal long FirstEnd(long whole) => Definition.WholeSince(Beginning(0, 0, whole)) + Definition.Slicing.Size + (whole == 0 ? 0 : Definition.BaselineReach);

    /// <summary>What the first flow begins from where it reads from an offset on, and the samples are whole from a time on.</summary>
    internal Progress Beginning(int partition, long offset, long whole) =>
        new(Flows[0].Name, partition, offset, Watermark.None, offset - 1, Place.All, whole - 1, new Dictionary<string, long>());
}
