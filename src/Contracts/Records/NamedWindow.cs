namespace Pipeline.Contracts;

/// <summary>A window that spans partitions, as the nodes that publish its parts have named it.</summary>
/// <param name="After">Ends up to this were published by an earlier definition of the window's name, Unix milliseconds.</param>
/// <param name="Nodes">Those that name it.</param>
public sealed record NamedWindow(long After, IReadOnlyDictionary<string, NodeNaming> Nodes);

/// <summary>What a node has said of a window.</summary>
/// <param name="Since">The event time from which its parts are whole, Unix milliseconds.</param>
/// <param name="At">What it had promised by then, Unix milliseconds: its earlier parts are only there once it has promised more.</param>
public sealed record NodeNaming(long Since, long At);
