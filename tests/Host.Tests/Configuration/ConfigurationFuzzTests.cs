using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Pipeline.Host.Configuration;
using Pipeline.Processing;
using Pipeline.Testing;

namespace Pipeline.Host.Tests.Configuration;

public class ConfigurationFuzzTests
{
    private const int Inputs = 1_000_000;

    /// <summary>Between them they have all that is checked.</summary>
    private static readonly string[] Configurations =
    [
        """{ "windows": [ { "name": "w", "metric": "load.value", "size": "60s", "slide": "10s", "by": ["host"], "where": { "region": "eu" }, "quantiles": [0.5, 0.99] } ] }""",
        """{ "windows": [ { "name": "s", "metric": "load.*", "gap": "5s", "size": "1h" }, { "name": "e", "metric": "load.value", "kind": "sliding", "size": "5m" } ] }""",
        """{ "windows": [ { "name": "m", "metric": "load.value", "size": "1m" }, { "name": "h", "of": "m", "size": "1h", "statistics": { "baseline": "1d" } } ] }""",
        """{ "windows": [ { "name": "w", "metric": "probe.ttfb_seconds", "statistics": { "distinct": "target", "above": [0.5, 1], "ewma": "1m" } } ] }""",
        """{ "influx": { "url": "http://h:8086", "database": "d", "user": "u", "password": "p", "maxAge": "1s" }, "http": { "urls": ["http://0.0.0.0:8080"] } }""",
        """{ "probes": { "targets": [ { "name": "p", "url": "{self}/", "interval": "5s", "headers": { "a": "b" }, "expect": { "status": "200-299", "text": "x" } } ] } }""",
        """{ "log": { "partitions": 4, "kafka": { "servers": "h:9092", "settings": { "a": "b" } }, "retention": { "other": { "maxAge": "10d" } } }, "hardware": null }""",
    ];

    [Fact]
    public void Reading_any_bytes_gives_a_value_or_problems() =>
        Prop.ForAll<byte[]>(bytes => IsSettled(bytes)).QuickCheckThrowOnFailure();

    [Fact]
    public void Reading_a_damaged_document_gives_a_value_or_problems()
    {
        var damaged =
            from document in Gen.Elements(Documents.Good.Concat(Documents.Bad))
            from start in Gen.Choose(0, document.Length)
            from length in Gen.Choose(0, document.Length - start)
            from scrap in Gen.Elements("", "null", "[[", "}", "{\"size\": 1}", "\"\\ud800\"", "-1e400", "\"", "//", "true", "\0")
            select Encoding.UTF8.GetBytes(document.Remove(start, length).Insert(start, scrap));

        Prop.ForAll(damaged.ToArbitrary(), IsSettled).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
    }

    /// <summary>Through all checks; and what is sound can be computed.</summary>
    [Fact]
    public void A_million_damaged_configurations_of_the_program_are_each_sound_or_told_of()
    {
        var mutator = new Mutator(1, [.. Configurations.Select(Encoding.UTF8.GetBytes)]);
        var (sound, refused) = (0, 0);
        for (var i = 0; i < Inputs; i++)
        {
            var read = LoadedConfiguration.Read(Encoding.UTF8.GetString(mutator.Next()), "f");
            if (read.Options is { } options)
            {
                if (WindowPlan.Of(options.Windows, BuiltInMetrics.KeyLabels).Count != options.Windows.Count) Assert.Fail($"Input {i} loses windows.");
                sound++;
            }
            else if (read.Problems.Count > 0) refused++;
        }
        Assert.Equal(Inputs, sound + refused);
        Assert.True(sound > Inputs / 100 && refused > Inputs / 100, $"{sound} sound, {refused} refused: this proves little.");
    }

    [Fact]
    public void Depth_is_bounded() => Assert.True(IsSettled(Encoding.UTF8.GetBytes(new string('[', 100_000))));

    private static bool IsSettled(byte[] bytes)
    {
        var result = ConfigurationReader.Read<SampleOptions>(bytes, "f");
        return result.IsSound == (result.Problems.Count == 0);
    }
}
