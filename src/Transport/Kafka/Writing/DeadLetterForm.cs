using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Pipeline.Contracts;

namespace Pipeline.Transport.Kafka;

/// <summary>
/// Dead letters on Kafka: the record as it was, key and value, and why it is here in headers. In the program and in the embedded log the same
/// is one JSON object, <see cref="DeadLetter"/>.
/// </summary>
internal static unsafe class DeadLetterForm
{
    private const string Prefix = "dead-letter-";

    public static DeadLetter Parse(ReadOnlySpan<byte> json) => JsonSerializer.Deserialize(json, WireFormat.Records.DeadLetter)!;

    public static void AddTo(nint headers, DeadLetter letter)
    {
        Add("reason", letter.Reason.ToString());
        Add("error", letter.Error);
        Add("stage", letter.Stage);
        Add("topic", letter.Topic);
        Add("partition", letter.Partition.ToString(CultureInfo.InvariantCulture));
        Add("offset", letter.Offset.ToString(CultureInfo.InvariantCulture));
        Add("time", letter.Time.ToString(CultureInfo.InvariantCulture));

        void Add(string name, string value) => TopicForm.Add(headers, Encoding.UTF8.GetBytes(Prefix + name), Encoding.UTF8.GetBytes(value));
    }

    /// <summary>The JSON object. Headers that are missing, since somebody else wrote the record, are empty or 0.</summary>
    public static byte[] Read(RdMessage* message)
    {
        var headers = Headers(message);
        string Text(string name) => headers.GetValueOrDefault(Prefix + name, "");
        long Number(string name) => long.TryParse(Text(name), CultureInfo.InvariantCulture, out var number) ? number : 0;
        var reason = Enum.TryParse<DropReason>(Text("reason"), out var known) ? known : DropReason.Malformed;
        return JsonSerializer.SerializeToUtf8Bytes(
            new DeadLetter(
                reason, Text("error"), Text("stage"), Text("topic"), (int)Number("partition"), Number("offset"), Number("time"),
                new ReadOnlySpan<byte>(message->Key, (int)message->KeyLength).ToArray(),
                new ReadOnlySpan<byte>(message->Value, (int)message->ValueLength).ToArray()),
            WireFormat.Records.DeadLetter);
    }

    private static Dictionary<string, string> Headers(RdMessage* message)
    {
        var found = new Dictionary<string, string>();
        if (Librdkafka.MessageHeaders(message, out var headers) != 0) return found;
        for (nuint i = 0; Librdkafka.HeaderGetAll(headers, i, out var name, out var value, out var size) == 0; i++)
            found[Marshal.PtrToStringUTF8((nint)name)!] = Encoding.UTF8.GetString(value, (int)size);
        return found;
    }
}
