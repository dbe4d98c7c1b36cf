using System.Runtime.InteropServices;
using Confluent.Kafka;
using Pipeline.Contracts;
using TopicPartition = Pipeline.Contracts.TopicPartition;

namespace Pipeline.Transport.Kafka;

/// <summary>
/// A consumer at a place in one partition. Takes what librdkafka has fetched in batches, straight from its queue: Confluent.Kafka's own
/// <c>Consume</c> makes four objects of each record (docs/adr/0005).
/// </summary>
internal sealed unsafe class KafkaCursor : IDisposable
{
    /// <summary>How long nothing may come before it is asked whether there is more.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private const int MaxMessages = 2000;
    private const int OutOfRange = (int)ErrorCode.OffsetOutOfRange;
    private const int UnknownPartition = (int)ErrorCode.UnknownTopicOrPart;

    private readonly IConsumer<byte[], byte[]> _consumer;
    private readonly TopicPartition _partition;
    private readonly bool _areLetters;
    private readonly nint _queue;
    private readonly SemaphoreSlim _filled = new(0);
    private readonly GCHandle _self;
    private readonly RdMessage** _messages = (RdMessage**)NativeMemory.Alloc(MaxMessages, (nuint)sizeof(RdMessage*));
    private byte[] _bytes = new byte[64 * 1024];

    /// <param name="areLetters">The records are dead letters, and handed out in their JSON form.</param>
    public KafkaCursor(IConsumer<byte[], byte[]> consumer, TopicPartition partition, bool areLetters, long from)
    {
        (_consumer, _partition, _areLetters, Next) = (consumer, partition, areLetters, from);
        _self = GCHandle.Alloc(_filled);
        _queue = Librdkafka.QueueGetConsumer(ClientHandle.Of(consumer));
        Librdkafka.QueueCallbackEventEnable(_queue, &OnFilled, GCHandle.ToIntPtr(_self));
        Seek(from);
    }

    /// <summary>The offset that is read next.</summary>
    public long Next { get; private set; }

    /// <summary>The partition does not hold <see cref="Next"/>, or its broker does not know it yet.</summary>
    public bool IsOutOfRange { get; private set; }

    public void Seek(long offset)
    {
        (Next, IsOutOfRange) = (offset, false);
        _consumer.Assign(new TopicPartitionOffset(_partition.Topic, _partition.Partition, offset));
    }

    /// <summary>Fills the slice with what has been fetched, without waiting.</summary>
    /// <returns>False where nothing has come, not even the news that this is the end.</returns>
    public bool Fill(LogSlice slice)
    {
        var before = Next;
        while ((int)Librdkafka.ConsumeBatchQueue(_queue, 0, _messages, MaxMessages) is > 0 and var count)
            if (Take(slice, count) > 0 || Next > before) return true;
        return false;
    }

    /// <summary>Until something has come.</summary>
    /// <returns>False where nothing has for <see cref="Patience"/>.</returns>
    public Task<bool> WaitAsync(CancellationToken stop) => _filled.WaitAsync(Patience, stop);

    public void Dispose()
    {
        Librdkafka.QueueCallbackEventEnable(_queue, null, 0);
        Librdkafka.QueueDestroy(_queue);
        _consumer.Dispose();
        _self.Free();
        NativeMemory.Free(_messages);
    }

    private int Take(LogSlice slice, int count)
    {
        try
        {
            byte[]?[] letters = _areLetters ? [.. Letters(count)] : [];
            Grow(count, letters);
            slice.Begin(_partition, _bytes, Next);
            var at = 0;
            for (var i = 0; i < count; i++) Take(slice, _messages[i], _areLetters ? letters[i] : null, ref at);
            Next = slice.NextOffset;
            return slice.Count;
        }
        finally
        {
            for (var i = 0; i < count; i++) Librdkafka.MessageDestroy(_messages[i]);
        }
    }

    private void Take(LogSlice slice, RdMessage* message, byte[]? letter, ref int at)
    {
        switch (message->Error)
        {
            case 0 when message->Offset >= slice.NextOffset: // whatever is fetched again, offsets rise
                var key = Copy(message->Key, message->KeyLength, ref at);
                var value = letter is null ? Copy(message->Value, message->ValueLength, ref at) : Copy(letter, ref at);
                slice.Add(message->Offset, Librdkafka.MessageTimestamp(message, out _), key, value);
                break;
            case (int)ErrorCode.Local_PartitionEOF:
                slice.Skip(message->Offset); // past the marks of transactions, which are no records
                break;
            case OutOfRange or (int)ErrorCode.Local_AutoOffsetReset or UnknownPartition or (int)ErrorCode.Local_UnknownPartition:
                IsOutOfRange = true;
                break;
        }
    }

    private List<byte[]?> Letters(int count)
    {
        var letters = new List<byte[]?>(count);
        for (var i = 0; i < count; i++) letters.Add(_messages[i]->Error == 0 ? DeadLetterForm.Read(_messages[i]) : null);
        return letters;
    }

    private void Grow(int count, byte[]?[] letters)
    {
        var needed = (nuint)letters.Sum(l => l?.LongLength ?? 0);
        for (var i = 0; i < count; i++) needed += _messages[i]->KeyLength + _messages[i]->ValueLength;
        if (needed > (nuint)_bytes.Length) _bytes = new byte[checked((int)nuint.Max(needed, (nuint)_bytes.Length * 2))];
    }

    private Range Copy(byte* from, nuint length, ref int at) => Copy(new ReadOnlySpan<byte>(from, (int)length), ref at);

    private Range Copy(ReadOnlySpan<byte> from, ref int at)
    {
        from.CopyTo(_bytes.AsSpan(at));
        var range = new Range(at, at + from.Length);
        at += from.Length;
        return range;
    }

    [UnmanagedCallersOnly]
    private static void OnFilled(nint client, nint opaque)
    {
        if (GCHandle.FromIntPtr(opaque).Target is SemaphoreSlim { CurrentCount: 0 } filled) filled.Release();
    }
}
