using Pipeline.Contracts;

namespace Pipeline.Processing;

/// <summary>Ticks to the watermark as it then stands, in place; everything else passes.</summary>
/// <param name="from">The offset that the watermark is of. Ticks before it, which only a rebuilt window has read again, are already in it.</param>
public sealed class AdvanceWatermark(Watermark watermark, long from = 0) : IOperator<SignalBatch, SignalBatch>
{
    public SignalBatch Push(SignalBatch input)
    {
        foreach (ref var signal in input.InPlace)
        {
            if (signal.Kind != SignalKind.Tick) continue;
            if (input.Rules is { } rules) watermark.QuietAfter = rules.At(signal.Cause).QuietAfter;
            if (signal.Cause >= from) watermark.OnTick((string)signal.Payload!, signal.Time, signal.LogTime);
            WatermarkRecord now = watermark.Current;
            signal = signal with { Kind = SignalKind.Watermark, Time = now.Time, Payload = now };
        }
        return input;
    }
}
