using Pipeline.Contracts;

namespace Pipeline.Processing;

/// <summary>What kind of thing a <see cref="Signal"/> is.</summary>
public enum SignalKind : byte
{
    /// <summary>A partial result; the payload is it, decoded.</summary>
    Partial,

    /// <summary>A node's promise: <see cref="Signal.Time"/>, and the node's name as payload, or the whole <see cref="Contracts.Tick"/> in the second step.</summary>
    Tick,

    /// <summary>The watermark as it now stands: <see cref="Signal.Time"/>, and the <see cref="WatermarkRecord"/> as payload.</summary>
    Watermark,

    /// <summary>The windows were changed: those that merge their parts are to know before there are any.</summary>
    Named,

    /// <summary>Final or partial results of one window; the payload is the <see cref="ResultRun"/>.</summary>
    Results,

    /// <summary>A value that came too late; the payload is the <see cref="LateRecord"/>.</summary>
    Late,

    /// <summary>A record that could not be used; the payload is the <see cref="DeadLetter"/>.</summary>
    DeadLetter,
}

/// <summary>One thing that moves through a flow and is no sample.</summary>
/// <param name="Cause">The offset of the input record that caused it.</param>
/// <param name="LogTime">When the log took that record, Unix milliseconds.</param>
/// <param name="Time">Event time, Unix milliseconds.</param>
public readonly record struct Signal(SignalKind Kind, long Cause, long LogTime, long Time, object? Payload);
