using Pipeline.Contracts;
using Pipeline.Ingest.Push;
using Pipeline.Testing;

namespace Pipeline.Ingest.Tests.Push;

/// <summary>A million damaged lines for each parser of what is pushed: each is a sound observation, or told of.</summary>
public sealed class PushFuzzTests
{
    private const int Inputs = 1_000_000;

    [Fact]
    public void Damaged_line_protocol_is_read_or_told_of()
    {
        var parser = Some.Parser();
        Run(new Mutator(1,
            "cpu,host=h1,region=eu usage=1.5,idle=98i 1700000000000000000"u8.ToArray(),
            "m\\ x,a\\,b=c\\=d f\\ g=\"text \\\" more\",t=true,u=17u -1"u8.ToArray(),
            "weather temperature=-82.4e-3"u8.ToArray()),
            line => (parser.Parse(line, Some.Nanoseconds, 1_700_000_000_000, out var point), point));
    }

    [Fact]
    public void Damaged_json_lines_are_read_or_told_of()
    {
        var parser = new ObservationParser(Some.Target, new PushOptions());
        Run(new Mutator(2,
            """{"kind":"k","time":1700000000000,"source":"s","key":"x","labels":{"a":"1"},"values":{"v":1.5},"attributes":{"t":"é"}}"""u8.ToArray(),
            """{"kind":"k","labels":{"host":"h"},"values":{"v":1,"w":-2e-7}}"""u8.ToArray()),
            line => (parser.Parse(line, 1_700_000_000_000, out var point), point));
    }

    private delegate (string? Wrong, Observation Point) Parser(ReadOnlySpan<byte> line);

    private static void Run(Mutator mutator, Parser parse)
    {
        var (read, told) = (0, 0);
        for (var i = 0; i < Inputs; i++)
        {
            var (wrong, point) = parse(mutator.Next());
            if (wrong is not null)
            {
                told++;
                continue;
            }
            read++;
            if (point.Kind.Length == 0 || !point.Values.All(v => double.IsFinite(v.Value))) Assert.Fail($"Input {i} is read as what it cannot be.");
        }
        Assert.Equal(Inputs, read + told);
        Assert.True(read > Inputs / 100 && told > Inputs / 100, $"{read} read, {told} told of: this proves little.");
    }
}
