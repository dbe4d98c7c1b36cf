using Pipeline.Contracts;

namespace Pipeline.Processing;

/// <summary>A part of event time that windows still need, and where in the input it began.</summary>
internal abstract class LivePart
{
    public long Number { get; protected set; }

    /// <summary>The input that its first sample came with; a rewind that wants this part whole begins there.</summary>
    public long FirstOffset { get; protected set; }

    /// <summary>The watermark as it stood before that input.</summary>
    public WatermarkRecord AtFirst { get; protected set; } = null!;
}
