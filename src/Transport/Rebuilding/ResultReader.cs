using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Pipeline.Contracts;

namespace Pipeline.Transport.Rebuilding;

/// <summary>Reads results of one window, final ones; those of others are told by their first field, and cost little.</summary>
internal sealed class ResultReader(string window) : IDisposable
{
    private readonly byte[] _window = Encoding.UTF8.GetBytes(window);
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>How many records were no results.</summary>
    public long Unreadable { get; private set; }

    /// <summary>Null where it is of another window, or no result.</summary>
    public ResultText? Read(ReadOnlySpan<byte> record)
    {
        try
        {
            return Fields.Of(record, _window) is { } fields ? Text(record, fields) : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            Unreadable++;
            return null;
        }
    }

    /// <summary>All of a result; null where it lacks what a result has.</summary>
    public static WindowResult? ReadWhole(ReadOnlySpan<byte> record)
    {
        try
        {
            return JsonSerializer.Deserialize(record, WireFormat.Records.WindowResult);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public void Dispose() => _hash.Dispose();

    private ResultText Text(ReadOnlySpan<byte> record, Fields fields)
    {
        Span<byte> end = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(end, fields.End);
        var key = Hash(record[fields.Metric], record[fields.Labels], end);
        var content = Hash(record[..fields.RevisionAt.Start.Value], record[fields.RevisionAt.End.Value..], default);
        return new ResultText(key, content, fields.End, fields.Revision, fields.Count, fields.RevisionAt);
    }

    private UInt128 Hash(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, ReadOnlySpan<byte> third)
    {
        _hash.AppendData(first);
        _hash.AppendData(second);
        _hash.AppendData(third);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        _hash.GetHashAndReset(hash);
        return BinaryPrimitives.ReadUInt128LittleEndian(hash);
    }

    private sealed class Fields
    {
        public Range Metric { get; private set; }
        public Range Labels { get; private set; }
        public Range RevisionAt { get; private set; }
        public long End { get; private set; }
        public int Revision { get; private set; }
        public long Count { get; private set; }

        /// <exception cref="FormatException">It lacks what every result has.</exception>
        public static Fields? Of(ReadOnlySpan<byte> record, ReadOnlySpan<byte> window)
        {
            var json = new Utf8JsonReader(record);
            var fields = new Fields();
            json.Read();
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                if (!json.ValueTextEquals("window"u8)) fields.Take(ref json);
                else if (!json.Read() || !json.ValueTextEquals(window)) return null;
            }
            return fields.Revision > 0 ? fields : throw new FormatException("It has no revision.");
        }

        private void Take(ref Utf8JsonReader json)
        {
            if (json.ValueTextEquals("metric"u8)) Metric = Value(ref json);
            else if (json.ValueTextEquals("labels"u8)) Labels = Value(ref json);
            else if (json.ValueTextEquals("end"u8) && json.Read()) End = json.GetInt64();
            else if (json.ValueTextEquals("count"u8) && json.Read()) Count = json.GetInt64();
            else if (json.ValueTextEquals("revision"u8))
            {
                RevisionAt = Value(ref json);
                Revision = json.GetInt32();
            }
            else json.Skip();
        }

        private static Range Value(ref Utf8JsonReader json)
        {
            json.Read();
            var start = (int)json.TokenStartIndex;
            json.Skip();
            return start..(int)json.BytesConsumed;
        }
    }
}
