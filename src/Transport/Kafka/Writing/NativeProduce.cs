using System.Runtime.InteropServices;
using Confluent.Kafka;
using Pipeline.Contracts;

namespace Pipeline.Transport.Kafka;

/// <summary>Hands records to a producer's queue; librdkafka copies them, so that nothing is allocated here.</summary>
internal sealed unsafe class NativeProduce(IProducer<byte[], byte[]> producer, TopicForms forms) : IDisposable
{
    private const int CopyValue = 2; // RD_KAFKA_MSG_F_COPY
    private const int QueueFull = (int)ErrorCode.Local_QueueFull;

    private readonly nint _client = ClientHandle.Of(producer);
    private readonly RdArgument* _arguments = (RdArgument*)NativeMemory.AllocZeroed(6, (nuint)sizeof(RdArgument));
    private readonly RecordIds _ids = new();

    /// <returns>False where the queue is full.</returns>
    public bool TryProduce(in PendingRecord record)
    {
        var form = forms.Of(record.To);
        if (form.IsDeadLetter) return TryProduceLetter(form, record);
        var headers = form.Headers(_ids);
        return TryProduce(form, record.To.Partition, record.Key, record.Value, headers);
    }

    public void Dispose() => NativeMemory.Free(_arguments);

    /// <summary>A dead letter goes out as the record that it was, with what is known of it in headers.</summary>
    private bool TryProduceLetter(TopicForm form, in PendingRecord record)
    {
        var letter = DeadLetterForm.Parse(record.Value);
        var headers = form.Headers(_ids);
        DeadLetterForm.AddTo(headers, letter);
        return TryProduce(form, record.To.Partition, letter.Key, letter.Value, headers);
    }

    private bool TryProduce(TopicForm form, int partition, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, nint headers)
    {
        byte none; // a pointer of its own tells an empty value from none, which would be a tombstone
        fixed (byte* keyBytes = key, valueBytes = value)
        {
            _arguments[0] = new RdArgument { Type = RdArgumentType.Topic, Bytes = form.Name };
            _arguments[1] = new RdArgument { Type = RdArgumentType.Partition, Number = partition };
            _arguments[2] = new RdArgument { Type = RdArgumentType.Key, Bytes = key.IsEmpty ? &none : keyBytes, Length = (nuint)key.Length };
            _arguments[3] = new RdArgument { Type = RdArgumentType.Value, Bytes = value.IsEmpty ? &none : valueBytes, Length = (nuint)value.Length };
            _arguments[4] = new RdArgument { Type = RdArgumentType.Flags, Number = CopyValue };
            _arguments[5] = new RdArgument { Type = RdArgumentType.Headers, Pointer = headers };
            var error = Librdkafka.ProduceVa(_client, _arguments, 6);
            if (error == 0) return true; // the headers are the producer's now
            Librdkafka.HeadersDestroy(headers);
            return Refused(error);
        }
    }

    private static bool Refused(nint error)
    {
        var (code, reason) = (Librdkafka.ErrorCode(error), Marshal.PtrToStringUTF8((nint)Librdkafka.ErrorString(error)));
        Librdkafka.ErrorDestroy(error);
        return code == QueueFull ? false : throw new KafkaException(new Error((ErrorCode)code, reason));
    }
}
