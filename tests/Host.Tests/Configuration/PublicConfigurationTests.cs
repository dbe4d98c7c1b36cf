using System.Text;
using Pipeline.Host.Configuration;

namespace Pipeline.Host.Tests;

public class PublicConfigurationTests
{
    [Fact]
    public void Secret_options_are_left_out_wherever_they_are()
    {
        var json = Of("""
            { "$schema": "x", // a comment
              "influx": { "url": "http://h/", "database": "kept", "password": "hunter2", "token": "hunter2" },
              "log": { "partitions": 3, "kafka": { "servers": "kept:9092", "settings": { "sasl.password": "hunter2" } } },
              "probes": { "targets": [ { "name": "kept", "url": "https://rpc/hunter2", "headers": { "Authorization": "hunter2" } } ] } }
            """);
        Assert.Equal("""{"influx":{"database":"kept"},"log":{"partitions":3,"kafka":{"servers":"kept:9092"}},"probes":{"targets":[{"name":"kept"}]}}""", json);
    }

    [Fact]
    public void What_stands_elsewhere_stays_a_reference()
    {
        Environment.SetEnvironmentVariable("PUBLIC_CONFIGURATION_TEST", "hunter2");
        Assert.Equal("""{"node":"${env:PUBLIC_CONFIGURATION_TEST}"}""", Of("""{ "node": "${env:PUBLIC_CONFIGURATION_TEST}" }"""));
    }

    [Fact]
    public void Every_option_that_reads_like_a_secret_is_marked_as_one()
    {
        var options = typeof(PipelineOptions).Assembly.GetReferencedAssemblies().Where(a => a.Name!.StartsWith("Pipeline.", StringComparison.Ordinal))
            .Select(System.Reflection.Assembly.Load).SelectMany(a => a.GetExportedTypes()).Where(t => t.Name.EndsWith("Options", StringComparison.Ordinal))
            .SelectMany(t => OptionProperty.Of(OptionContract.For(t))).ToList();
        Assert.Contains(options, o => o.IsSecret);
        Assert.DoesNotContain(options, o => !o.IsSecret && (string[])["password", "token", "secret", "headers", "settings"] is var words
            && words.Any(w => o.Name.Contains(w, StringComparison.OrdinalIgnoreCase)));
    }

    private static string Of(string json) => PublicConfiguration.Of<PipelineOptions>(Encoding.UTF8.GetBytes(json)).ToJsonString();
}
