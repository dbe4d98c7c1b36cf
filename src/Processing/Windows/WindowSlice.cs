using Pipeline.Contracts;

namespace Pipeline.Processing;

/// <summary>One live slice of event time: who has samples in it, in the order in which they came.</summary>
/// <param name="FirstOffset">The input that its first sample came with; a rewind that wants this slice whole begins there.</param>
/// <param name="AtFirst">The watermark as it stood before that input.</param>
internal sealed record WindowSlice(long Number, long FirstOffset, WatermarkRecord AtFirst)
{
    public List<WindowGroup> Groups { get; } = [];
}
