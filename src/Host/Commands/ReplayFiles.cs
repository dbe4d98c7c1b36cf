using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Pipeline.Contracts;
using Pipeline.Transport.Recordings;

namespace Pipeline.Host.Commands;

/// <summary>Writes what a replay publishes into a folder: a file for each topic and partition, a JSON object of key and value a line.</summary>
internal sealed class ReplayFiles : IReplayListener, IDisposable
{
    private readonly Dictionary<TopicPartition, FileStream> _files = [];
    private readonly ArrayBufferWriter<byte> _line = new();
    private readonly Utf8JsonWriter _json;
    private readonly string _folder;

    private ReplayFiles(string folder)
    {
        _folder = folder;
        _json = new Utf8JsonWriter(_line, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });
    }

    /// <exception cref="IOException">The folder cannot be made, or has something in it.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not.</exception>
    public static ReplayFiles In(string folder)
    {
        if (Directory.CreateDirectory(folder).EnumerateFileSystemInfos().Any()) throw new IOException($"{folder} is not empty. Name another folder with --out.");
        return new ReplayFiles(folder);
    }

    public void OnPublished(in PendingRecord record)
    {
        _line.ResetWrittenCount();
        _json.Reset();
        _json.WriteStartObject();
        _json.WriteString("key"u8, record.Key);
        _json.WritePropertyName("value"u8);
        _json.WriteRawValue(record.Value, skipInputValidation: true);
        _json.WriteEndObject();
        _json.Flush();
        _line.Write("\n"u8);
        FileOf(record.To).Write(_line.WrittenSpan);
    }

    public void Dispose()
    {
        foreach (var file in _files.Values) file.Dispose();
        _json.Dispose();
    }

    private FileStream FileOf(TopicPartition partition)
    {
        if (!_files.TryGetValue(partition, out var file))
            _files.Add(partition, file = new FileStream(Path.Combine(_folder, $"{partition.Topic}-{partition.Partition}.jsonl"), FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 64 * 1024));
        return file;
    }
}
