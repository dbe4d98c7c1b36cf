namespace Pipeline.Transport;

/// <summary>A place among the outputs of a stage: after so many outputs of one input, or after all of them.</summary>
internal readonly record struct Place(long Input, int Outputs)
{
    public const int All = -1;

    /// <summary>The place after one more output, which <paramref name="cause"/> caused.</summary>
    public Place Next(long cause) => new(cause, cause == Input ? Outputs + 1 : 1);

    public bool IsAfter(Place other) =>
        Input > other.Input || (Input == other.Input && other.Outputs != All && Outputs > other.Outputs);
}
