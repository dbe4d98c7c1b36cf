using Pipeline.Ingest.Self;
using Pipeline.Sinks;

namespace Pipeline.Host.Run;

/// <summary>What this process knows of itself and, where it has the page and so knows the whole, of the whole.</summary>
/// <param name="verdict">Null without the page.</param>
internal sealed class SelfStatus(StatusReader status, LiveVerdict? verdict)
{
    public SelfReading Read()
    {
        var now = status.Read();
        return new SelfReading(now.Ledger, now.Lag, verdict is null ? [] : now.Topics, verdict?.Read());
    }
}
