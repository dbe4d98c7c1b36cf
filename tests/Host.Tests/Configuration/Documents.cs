namespace Pipeline.Host.Tests.Configuration;

/// <summary>Documents for <see cref="SampleOptions"/> on whose worth the reader and the schema must agree.</summary>
internal static class Documents
{
    public static readonly string[] Good =
    [
        """{"name": "a"}""",
        """{"$schema": "./schema.json", "name": "node-1", "parallel": 64, "ratio": 1, "enabled": false}""",
        """{"name": "a", "retention": "1h30m", "timeout": null, "maxBodyBytes": "1KiB", "overflow": "wait"}""",
        """{"name": "a", "timeout": "250ms", "maxBodyBytes": 4096, "quantiles": [0, 0.99, 1], "note": null}""",
        """{"name": "a", "labels": {"data center": "x"}, "windows": [{"size": "60s", "slide": "10s", "where": {"region": "eu"}}]}""",
        """{"name": "a", "rest": {"size": "60s"}, "restOverflow": "wait"}""",
        """{"name": "a", "rest": null, "restOverflow": null}""",
    ];

    public static readonly string[] Bad =
    [
        """[]""",
        """{}""",
        """{"name": ""}""",
        """{"name": "Big"}""",
        """{"name": null}""",
        """{"name": 5}""",
        """{"name": "a", "nam": "b"}""",
        """{"name": "a", "Parallel": 5}""",
        """{"name": "a", "parallel": 0}""",
        """{"name": "a", "parallel": 9999999999}""",
        """{"name": "a", "parallel": "5"}""",
        """{"name": "a", "ratio": 1.2}""",
        """{"name": "a", "enabled": "yes"}""",
        """{"name": "a", "retention": "1 day"}""",
        """{"name": "a", "retention": 60}""",
        """{"name": "a", "maxBodyBytes": "32MB"}""",
        """{"name": "a", "maxBodyBytes": -1}""",
        """{"name": "a", "overflow": "Wait"}""",
        """{"name": "a", "overflow": 1}""",
        """{"name": "a", "quantiles": []}""",
        """{"name": "a", "quantiles": [0.5, 95]}""",
        """{"name": "a", "quantiles": 0.5}""",
        """{"name": "a", "labels": {"x": 1}}""",
        """{"name": "a", "labels": {"x": null}}""",
        """{"name": "a", "windows": [{"size": "1s"}, {"size": "1s"}, {"size": "1s"}, {"size": "1s"}]}""",
        """{"name": "a", "windows": [{}]}""",
        """{"name": "a", "windows": [null]}""",
        """{"name": "a", "windows": [{"size": "60s", "$schema": "x"}]}""",
        """{"name": "a", "windows": [{"size": "60s", "where": {"region": 1}}]}""",
        """{"name": "a", "isQuiet": true}""",
        """{"name": "a", "timeout": 5}""",
        """{"name": "a", "rest": {}}""",
        """{"name": "a", "rest": {"size": "60s", "slid": "10s"}}""",
        """{"name": "a", "restOverflow": "x"}""",
    ];
}
