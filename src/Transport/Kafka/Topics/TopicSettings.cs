using System.Globalization;
using Pipeline.Contracts;

namespace Pipeline.Transport.Kafka;

/// <summary>A topic's settings by Kafka's names.</summary>
public static class TopicSettings
{
    public static IEnumerable<(string Name, string Value)> Of(TopicSpec spec)
    {
        string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
        yield return ("cleanup.policy", spec.Compacted ? "compact" : "delete");
        yield return ("message.timestamp.type", "LogAppendTime"); // times that never go back can be searched
        yield return ("max.message.bytes", "16777216");
        if (spec.Compacted)
        {
            yield return ("segment.bytes", Number(4 << 20)); // a start reads what is not compacted yet
            yield return ("min.cleanable.dirty.ratio", "0.1");
            yield break;
        }
        yield return ("retention.ms", Number((long)spec.MaxAge.TotalMilliseconds));
        yield return ("retention.bytes", Number(spec.MaxBytes));
    }
}
