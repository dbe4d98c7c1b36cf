using System.Text;
using System.Text.Json;
using Pipeline.Contracts;

namespace Pipeline.Processing.Tests;

public sealed class HostileRecordTests
{
    private readonly ObservationReader _reader = new(maxSeries: 1000);
    private readonly SignalBatch _batch = new();

    [Theory]
    [InlineData("", "Not JSON")]
    [InlineData(" ", "Not JSON")]
    [InlineData("{", "Not JSON")]
    [InlineData("<html>", "Not JSON")]
    [InlineData("\ufeff{}", "Not JSON")]
    [InlineData("null", "Not a JSON object")]
    [InlineData("[]", "Not a JSON object")]
    [InlineData("\"kind\"", "Not a JSON object")]
    [InlineData("{}", "'kind'")]
    [InlineData("""{"Kind":"a","time":1,"values":{"v":1}}""", "'kind'")]
    [InlineData("""{"kind":1,"time":1,"values":{"v":1}}""", "'kind'")]
    [InlineData("""{"kind":"a","kind":null,"time":1,"values":{"v":1}}""", "'kind'")]
    [InlineData("""{"kind":"a","values":{"v":1}}""", "'time'")]
    [InlineData("""{"kind":"a","time":1.5,"values":{"v":1}}""", "'time'")]
    [InlineData("""{"kind":"a","time":1e3,"values":{"v":1}}""", "'time'")]
    [InlineData("""{"kind":"a","time":"1","values":{"v":1}}""", "'time'")]
    [InlineData("""{"kind":"a","time":9223372036854775808,"values":{"v":1}}""", "'time'")]
    [InlineData("""{"kind":"a","time":1,"time":{},"values":{"v":1}}""", "'time'")]
    [InlineData("""{"time":{},"kind":"a","values":{"v":1}}""", "'time'")]
    [InlineData("""{"kind":"a","time":1}""", "'values'")]
    [InlineData("""{"kind":"a","time":1,"values":[1]}""", "'values'")]
    [InlineData("""{"kind":"a","time":1,"values":null}""", "'values'")]
    [InlineData("""{"kind":"a","time":1,"values":{"ok":1,"v":"1"}}""", "not a number")]
    [InlineData("""{"kind":"a","time":1,"values":{"ok":1,"v":{}}}""", "not a number")]
    [InlineData("""{"kind":"a","time":1,"values":{"ok":1,"v":null}}""", "not a number")]
    [InlineData("""{"kind":"a","time":1,"values":{"ok":1,"v":1e999}}""", "not a finite number")]
    [InlineData("""{"kind":"a","time":1,"values":{"ok":1,"v":NaN}}""", "Not JSON")]
    [InlineData("""{"kind":"a","time":1,"values":{"ok":1,"\ud800":2}}""", "Not valid text")]
    [InlineData("""{"kind":"\ud800","time":1,"values":{"v":1}}""", "Not valid text")]
    [InlineData("""{"kind":"a","time":1,"labels":"host=a","values":{"v":1}}""", "'labels'")]
    [InlineData("""{"kind":"a","time":1,"labels":["a"],"values":{"v":1}}""", "'labels'")]
    [InlineData("""{"kind":"a","time":1,"labels":{"x":1},"values":{"v":1}}""", "'x' is not a text")]
    [InlineData("""{"kind":"a","time":1,"labels":{"x":null},"values":{"v":1}}""", "'x' is not a text")]
    [InlineData("""{"kind":"a","time":1,"values":{"v":1}}{}""", "Not JSON")]
    [InlineData("""{"kind":"a","time":1,"values":{"v":1},}""", "Not JSON")]
    [InlineData("""{"kind":"a","time":1,/* */"values":{"v":1}}""", "Not JSON")]
    [InlineData("""{"kind":"tick","time":1}""", "'source'")]
    [InlineData("""{"kind":"tick","source":1,"time":1}""", "'source'")]
    [InlineData("""{"kind":"tick","source":"n"}""", "'time'")]
    [InlineData("""{"kind":"tick","source":"\udc00","time":1}""", "Not valid text")]
    public void Record_that_cannot_be_read_is_refused_whole_with_the_reason(string json, string reason) => Refused(Encoding.UTF8.GetBytes(json), reason);

    [Fact]
    public void Nesting_without_end_is_refused() =>
        Refused(Encoding.UTF8.GetBytes("""{"kind":"a","time":1,"values":{"v":1},"x":""" + new string('[', 100_000)), "Not JSON");

    [Theory]
    [InlineData("kind")]
    [InlineData("labels")]
    [InlineData("values")]
    public void Bytes_that_are_no_UTF_8_are_refused(string where)
    {
        var json = """{"kind":"?","time":1,"labels":{"?":"?"},"values":{"ok":1,"?":1}}"""u8.ToArray();
        var at = json.AsSpan().IndexOf(Encoding.UTF8.GetBytes($"\"{where}\"")) + where.Length;
        json[at + json.AsSpan(at).IndexOf((byte)'?')] = 0xff;
        Refused(json, "Not valid text");
    }

    [Fact]
    public void Mutations_of_good_records_are_read_whole_or_refused_whole()
    {
        var random = new Random(20260101);
        var good = Enumerable.Range(0, 50).Select(i => Encoding.UTF8.GetBytes(new RandomObservations(new Random(i)).Next())).ToList();
        good.Add("""{"kind":"tick","source":"node","time":1000}"""u8.ToArray());
        var (read, tries) = (0, Tries.Of(200_000));
        for (var i = 0; i < tries; i++)
        {
            var bytes = Mutate(random, good[random.Next(good.Count)]);
            _batch.Begin(0);
            var problem = _reader.Read(new LogRecord(0, 0, [], bytes), _batch);
            if (problem is null) { read++; Assert.Equal(Signals(bytes), _batch.Count); }
            else Assert.True(problem.Length > 0 && _batch.Count == 0, $"{Encoding.UTF8.GetString(bytes)}: {problem}");
        }
        Assert.InRange(read, tries * 0.05, tries * 0.95); // both ways are gone often
    }

    private void Refused(byte[] record, string reason)
    {
        Assert.Contains(reason, _reader.Read(new LogRecord(0, 0, [], record), _batch));
        Assert.Equal(0, _batch.Count);
    }

    private static int Signals(byte[] json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.GetProperty("kind").GetString() == Tick.KindOfTick ? 1 : document.RootElement.GetProperty("values").EnumerateObject().Count();
    }

    private static byte[] Mutate(Random random, byte[] good)
    {
        var bytes = good.ToList();
        for (var times = random.Next(3); times >= 0 && bytes.Count > 0; times--)
        {
            var at = random.Next(bytes.Count);
            var length = Math.Min(random.Next(1, 12), bytes.Count - at);
            switch (random.Next(5))
            {
                case 0: bytes[at] = (byte)random.Next(256); break;
                case 1: bytes.RemoveRange(at, length); break;
                case 2: bytes.InsertRange(random.Next(bytes.Count), bytes.GetRange(at, length)); break;
                case 3: bytes[at] = (byte)"{}[]\",:\\0e-"[random.Next(11)]; break;
                default: bytes.Insert(at, (byte)"0123456789 "[random.Next(11)]); break;
            }
        }
        return [.. bytes];
    }
}
