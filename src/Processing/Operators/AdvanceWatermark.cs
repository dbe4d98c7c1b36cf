using Pipeline.Contracts;

namespace Pipeline.Processing;

/// <summary>Ticks to the watermark as it then stands; everything else passes.</summary>
public sealed class AdvanceWatermark(Watermark watermark) : IOperator<SignalBatch, SignalBatch>
{
    private readonly SignalBatch _output = new();

    public SignalBatch Push(SignalBatch input)
    {
        _output.Begin(input.NextOffset);
        foreach (ref readonly var signal in input.Signals)
        {
            if (signal.Kind != SignalKind.Tick) { _output.Add(signal); continue; }
            watermark.OnTick((string)signal.Payload!, signal.Time, signal.LogTime);
            WatermarkRecord now = watermark.Current;
            _output.Add(signal with { Kind = SignalKind.Watermark, Time = now.Time, Payload = now });
        }
        return _output;
    }
}
