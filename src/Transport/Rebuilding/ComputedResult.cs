using Pipeline.Contracts;

namespace Pipeline.Transport.Rebuilding;

/// <summary>A result as the flows compute it, before its revision is known.</summary>
internal sealed class ComputedResult(in PendingRecord record, ResultText text)
{
    private readonly byte[] _key = record.Key.ToArray(), _value = record.Value.ToArray();

    public TopicPartition To { get; } = record.To;
    public ResultText Text => text;

    /// <summary>Adds it to a batch under another revision.</summary>
    public void Write(int revision, RecordBatch batch)
    {
        Span<byte> digits = stackalloc byte[11];
        revision.TryFormat(digits, out var length, provider: System.Globalization.CultureInfo.InvariantCulture);
        batch.Add(To, _key, [.. _value.AsSpan(..text.RevisionAt.Start.Value), .. digits[..length], .. _value.AsSpan(text.RevisionAt.End.Value..)]);
    }
}
