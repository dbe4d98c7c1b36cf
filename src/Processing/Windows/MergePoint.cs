using Pipeline.Contracts;

namespace Pipeline.Processing;

/// <summary>What a merge has to know to begin at a place: what its nodes have promised and named by then.</summary>
internal sealed record MergePoint(WatermarkRecord Watermark, WindowNaming Naming);
