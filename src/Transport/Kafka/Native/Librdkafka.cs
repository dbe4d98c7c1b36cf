using System.Reflection;
using System.Runtime.InteropServices;

namespace Pipeline.Transport.Kafka;

/// <summary>
/// The calls of librdkafka that Confluent.Kafka does not hand on: messages in batches, and produced without an object each. They work on the
/// handles of its own clients. Names and contracts as in <c>rdkafka.h</c>.
/// </summary>
internal static unsafe partial class Librdkafka
{
    private const string Library = "librdkafka";

    /// <summary>
    /// The files that Confluent.Kafka tries (its <c>LoadLinuxDelegates</c>), in its order: the second is built without Kerberos, for systems
    /// without the <c>libsasl2.so.3</c> that the first wants, Debian and Ubuntu among them.
    /// </summary>
    private static readonly string[] Files = RuntimeInformation.OSDescription.StartsWith("Alpine", StringComparison.Ordinal)
        ? ["alpine-librdkafka"]
        : [Library, "centos8-librdkafka"];

    static Librdkafka() => NativeLibrary.SetDllImportResolver(typeof(Librdkafka).Assembly, Resolve);

    /// <summary>Finds the file that Confluent.Kafka has loaded: its handles mean nothing to a second one.</summary>
    public static nint Resolve(string library, Assembly assembly, DllImportSearchPath? search)
    {
        if (library == Library)
            foreach (var file in Files)
                if (NativeLibrary.TryLoad(file, assembly, search, out var loaded)) return loaded;
        return 0; // the runtime searches by itself, and says where
    }

    [LibraryImport(Library, EntryPoint = "rd_kafka_queue_get_consumer")]
    public static partial nint QueueGetConsumer(nint client);

    [LibraryImport(Library, EntryPoint = "rd_kafka_queue_cb_event_enable")]
    public static partial void QueueCallbackEventEnable(nint queue, delegate* unmanaged<nint, nint, void> callback, nint opaque);

    [LibraryImport(Library, EntryPoint = "rd_kafka_queue_destroy")]
    public static partial void QueueDestroy(nint queue);

    [LibraryImport(Library, EntryPoint = "rd_kafka_consume_batch_queue")]
    public static partial nint ConsumeBatchQueue(nint queue, int timeoutMilliseconds, RdMessage** messages, nuint size);

    [LibraryImport(Library, EntryPoint = "rd_kafka_message_timestamp")]
    [SuppressGCTransition]
    public static partial long MessageTimestamp(RdMessage* message, out int type);

    [LibraryImport(Library, EntryPoint = "rd_kafka_message_headers")]
    public static partial int MessageHeaders(RdMessage* message, out nint headers);

    [LibraryImport(Library, EntryPoint = "rd_kafka_header_get_all")]
    public static partial int HeaderGetAll(nint headers, nuint index, out byte* name, out byte* value, out nuint size);

    [LibraryImport(Library, EntryPoint = "rd_kafka_message_destroy")]
    public static partial void MessageDestroy(RdMessage* message);

    [LibraryImport(Library, EntryPoint = "rd_kafka_headers_new")]
    public static partial nint HeadersNew(nuint initialCount);

    [LibraryImport(Library, EntryPoint = "rd_kafka_header_add")]
    public static partial int HeaderAdd(nint headers, byte* name, nint nameSize, byte* value, nint valueSize);

    [LibraryImport(Library, EntryPoint = "rd_kafka_headers_destroy")]
    public static partial void HeadersDestroy(nint headers);

    [LibraryImport(Library, EntryPoint = "rd_kafka_produceva")]
    public static partial nint ProduceVa(nint client, RdArgument* arguments, nuint count);

    [LibraryImport(Library, EntryPoint = "rd_kafka_error_code")]
    public static partial int ErrorCode(nint error);

    [LibraryImport(Library, EntryPoint = "rd_kafka_error_string")]
    public static partial byte* ErrorString(nint error);

    [LibraryImport(Library, EntryPoint = "rd_kafka_error_destroy")]
    public static partial void ErrorDestroy(nint error);
}

/// <summary><c>rd_kafka_message_t</c></summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct RdMessage
{
    public int Error;
    public nint Topic;
    public int Partition;
    public byte* Value;
    public nuint ValueLength;
    public byte* Key;
    public nuint KeyLength;
    public long Offset;
    public nint Private;
}

/// <summary><c>rd_kafka_vu_t</c>: an argument with its type, 72 bytes.</summary>
[StructLayout(LayoutKind.Explicit, Size = 72)]
internal unsafe struct RdArgument
{
    [FieldOffset(0)] public RdArgumentType Type;
    [FieldOffset(8)] public int Number;
    [FieldOffset(8)] public byte* Bytes;
    [FieldOffset(16)] public nuint Length;
    [FieldOffset(8)] public nint Pointer;
}

/// <summary><c>rd_kafka_vtype_t</c></summary>
internal enum RdArgumentType
{
    Topic = 1,
    Partition = 3,
    Value = 4,
    Key = 5,
    Flags = 7,
    Headers = 10,
}
