using System.Text.Json;
using Pipeline.Contracts;
using Pipeline.Ingest.Push;
using Pipeline.Testing;

namespace Pipeline.Ingest.Tests.Push;

/// <summary>A million damaged lines of each interface that is pushed to: each is a sound record of the log or told of, and in the books as that.</summary>
public sealed class PushFuzzTests
{
    private const int Inputs = 1_000_000;

    [Fact]
    public Task Damaged_line_protocol_is_read_or_told_of() => RunAsync(PushDialect.InfluxV1, new Mutator(1,
        "cpu,host=h1,region=eu usage=1.5,idle=98i 1700000000000000000"u8.ToArray(),
        "m\\ x,a\\,b=c\\=d f\\ g=\"text \\\" more\",t=true,u=17u -1"u8.ToArray(),
        "weather temperature=-82.4e-3"u8.ToArray()));

    [Fact]
    public Task Damaged_json_lines_are_read_or_told_of() => RunAsync(PushDialect.Observations, new Mutator(2,
        """{"kind":"k","time":1700000000000,"source":"s","key":"x","labels":{"a":"1"},"values":{"v":1.5},"attributes":{"t":"é"}}"""u8.ToArray(),
        """{"kind":"k","labels":{"host":"h"},"values":{"v":1,"w":-2e-7}}"""u8.ToArray()));

    private static async Task RunAsync(PushDialect dialect, Mutator mutator)
    {
        var (log, account) = (new CheckingWriter(), new LedgerAccount("push"));
        var receiver = new PushReceiver(log, Some.Target, new PushOptions(), new TestTimeProvider(), account);
        var request = new PushRequest(dialect, Some.Nanoseconds);
        var (lines, refused) = (0L, 0L);
        for (var i = 0; i < Inputs; i++)
        {
            var line = Line(mutator);
            if (IsLine(line, dialect)) lines++;
            if ((await receiver.ReceiveAsync(request, new MemoryStream(line), default)).Status == 400) refused++;
        }
        Assert.Equal(LedgerEntry.Zero("push") with { In = lines, Out = log.Records, Malformed = refused }, account.Read());
        Assert.Equal(lines, log.Records + refused);
        Assert.True(log.Records > Inputs / 100 && refused > Inputs / 100, $"{log.Records} read, {refused} refused: this proves little.");
    }

    /// <summary>One, whatever the damage.</summary>
    private static byte[] Line(Mutator mutator)
    {
        var line = mutator.Next().ToArray();
        line.AsSpan().Replace((byte)'\n', (byte)' ');
        return line;
    }

    /// <summary>Blank lines and comments are none.</summary>
    private static bool IsLine(ReadOnlySpan<byte> line, PushDialect dialect) =>
        (line.EndsWith("\r"u8) ? line[..^1] : line).TrimStart(" \t"u8) is [var first, ..] && (first != '#' || dialect == PushDialect.Observations);

    /// <summary>Counts records, and takes none that cannot be.</summary>
    private sealed class CheckingWriter : ILogWriter
    {
        public long Records { get; private set; }

        public ValueTask AppendAsync(RecordBatch batch, CancellationToken abort)
        {
            for (var i = 0; i < batch.Count; i++)
            {
                using var json = JsonDocument.Parse(batch[i].Value.ToArray());
                var (kind, values) = (json.RootElement.GetProperty("kind").GetString(), json.RootElement.GetProperty("values").EnumerateObject());
                if (string.IsNullOrEmpty(kind) || !values.Any() || !values.All(v => double.IsFinite(v.Value.GetDouble()))) Assert.Fail($"{json.RootElement} cannot be.");
            }
            Records += batch.Count;
            return ValueTask.CompletedTask;
        }
    }
}
