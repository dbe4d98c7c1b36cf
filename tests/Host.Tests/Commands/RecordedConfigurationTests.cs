using Pipeline.Host.Commands;
using Pipeline.Transport.Recordings;

namespace Pipeline.Host.Tests;

public sealed class RecordedConfigurationTests
{
    [Fact]
    public void What_decides_results_is_taken_and_nothing_else()
    {
        using var recording = new SomeRecording("""
            { "node": "${env:NO_SUCH_VARIABLE}", "influx": { "database": "x" }, "log": { "kafka": { "servers": "h:1" } },
              "processing": { "maxFuture": "7s" }, "windows": [ { "name": "w", "metric": "load.value" } ] }
            """);
        var options = RecordedConfiguration.Load(Recording.Open(recording.Path)).Options!;
        Assert.Equal(("w", TimeSpan.FromSeconds(7)), (options.Windows.Single().Name, options.Processing.MaxFuture));
        Assert.Equal((null, null, null), (options.Node, options.Influx, options.Log.Kafka));
    }

    [Fact]
    public void Text_that_is_not_in_the_recording_is_not_taken_from_this_machine()
    {
        Environment.SetEnvironmentVariable("RECORDED_CONFIGURATION_TEST", "eu");
        using var recording = new SomeRecording("""{ "windows": [ { "name": "w", "metric": "load.value", "where": { "region": "${env:RECORDED_CONFIGURATION_TEST}" } } ] }""");
        var loaded = RecordedConfiguration.Load(Recording.Open(recording.Path));
        Assert.Null(loaded.Options);
        Assert.Contains("--config", loaded.Problems.Single().ToString());
    }

    [Fact]
    public void Recording_without_observations_is_refused_with_the_remedy()
    {
        using var recording = new SomeRecording(topic: "windows");
        var problem = Assert.Throws<FormatException>(() => new ReplayRun(Recording.Open(recording.Path), []));
        Assert.Contains("--topics observations", problem.Message);
    }
}
