using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Pipeline.Contracts;
using Pipeline.Ingest.Push;

namespace Pipeline.Ingest.Tests.Push;

public sealed class LineProtocolPropertyTests
{
    private const int Inputs = 1_000_000;

    [Fact]
    public void Every_point_written_as_a_line_reads_back_the_same() => Prop.ForAll<int>(seed =>
    {
        var points = new RandomPoints(seed);
        var sent = Enumerable.Range(0, 10).Select(_ => points.Next()).ToArray();
        var (report, batch) = Some.Read(Encoding.UTF8.GetBytes(string.Join('\n', sent.Select(s => s.Line))));
        using var writer = new ObservationWriter();
        Assert.Equal(0, report.Bad);
        for (var i = 0; i < sent.Length; i++)
        {
            Assert.Equal(Encoding.UTF8.GetString(writer.Write(sent[i].Point)), Encoding.UTF8.GetString(batch[i].Value));
            Assert.Equal(sent[i].Point.Key, Encoding.UTF8.GetString(batch[i].Key));
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void No_bytes_make_line_protocol_throw_or_miscount() => Survives(PushDialect.InfluxV1,
        "m,host=a v=1i,w=\"x\\\"\ny\",u=t 1700000000000000000\n# c\nn v=1e3"u8.ToArray());

    [Fact]
    public void No_bytes_make_JSON_throw_or_miscount() => Survives(PushDialect.Observations,
        "{\"kind\":\"k\",\"time\":1,\"labels\":{\"\\u00e9\":\"1\"},\"values\":{\"v\":1e3}}\n{\"kind\":[]}"u8.ToArray());

    private static void Survives(PushDialect dialect, byte[] seed)
    {
        var random = new Random(1);
        var separators = "\n\r\\\"',= #{}[]:\0"u8;
        var reader = new PushReader(Some.Target, new PushOptions());
        var batch = new RecordBatch();
        for (var i = 0; i < Inputs / 2; i++)
        {
            var body = seed[..random.Next(seed.Length + 1)];
            for (var changes = random.Next(4); changes > 0 && body.Length > 0; changes--)
                body[random.Next(body.Length)] = random.Next(2) == 0 ? (byte)random.Next(256) : separators[random.Next(separators.Length)];
            batch.Clear();
            var report = reader.Read(body, new PushRequest(dialect, Some.Nanoseconds), Some.Now, batch);
            Assert.Equal(report.Good, batch.Count);
            if (dialect == PushDialect.Observations || !body.Contains((byte)'"')) Assert.Equal(CountLines(body, dialect), report.Good + report.Bad);
        }
    }

    private static int CountLines(byte[] body, PushDialect dialect) => Encoding.Latin1.GetString(body).Split('\n')
        .Select(l => (l.EndsWith('\r') ? l[..^1] : l).TrimStart(' ', '\t'))
        .Count(l => l.Length > 0 && (dialect == PushDialect.Observations || l[0] != '#'));
}
