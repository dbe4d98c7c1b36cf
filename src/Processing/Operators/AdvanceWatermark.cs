using Pipeline.Contracts;

namespace Pipeline.Processing;

/// <summary>Ticks to the watermark as it then stands, in place; everything else passes.</summary>
public sealed class AdvanceWatermark(Watermark watermark) : IOperator<SignalBatch, SignalBatch>
{
    public SignalBatch Push(SignalBatch input)
    {
        foreach (ref var signal in input.InPlace)
        {
            if (signal.Kind != SignalKind.Tick) continue;
            watermark.OnTick((string)signal.Payload!, signal.Time, signal.LogTime);
            WatermarkRecord now = watermark.Current;
            signal = signal with { Kind = SignalKind.Watermark, Time = now.Time, Payload = now };
        }
        return input;
    }
}
