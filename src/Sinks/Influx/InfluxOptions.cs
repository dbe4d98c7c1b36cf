using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Pipeline.Sinks.Influx;

/// <summary>Where the results of windows are kept, and how they get there.</summary>
public sealed record InfluxOptions
{
    [Required]
    [Description("The address of InfluxDB.")]
    public string Url { get; init; } = "http://127.0.0.1:8086";

    [Description("The database, for InfluxDB 1.")]
    public string? Database { get; init; }

    [Description("The user, for InfluxDB 1.")]
    public string? User { get; init; }

    [Description("The user's password, for InfluxDB 1.")]
    public string? Password { get; init; }

    [Description("The bucket, for InfluxDB 2 and 3 (there: the database).")]
    public string? Bucket { get; init; }

    [Description("The organisation, for InfluxDB 2.")]
    public string? Org { get; init; }

    [Description("The token, for InfluxDB 2 and 3.")]
    public string? Token { get; init; }

    [Description("At most so many points in one request.")]
    [Range(1, 100_000)]
    public int MaxPoints { get; init; } = 5000;

    [Description("A result waits at most this long for others to share its request.")]
    [Range(typeof(TimeSpan), "00:00:00.0100000", "00:01:00")]
    public TimeSpan MaxAge { get; init; } = TimeSpan.FromSeconds(1);

    [Description("At most so many requests at once, one for each partition at most.")]
    [Range(1, 64)]
    public int MaxInFlight { get; init; } = 2;

    [Description("Whether requests are compressed; gains nothing on one machine.")]
    public bool Gzip { get; init; }

    [Description("How long one request may take.")]
    [Range(typeof(TimeSpan), "00:00:00.1000000", "00:10:00")]
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>What cannot be said of a single option, each with its place and the remedy.</summary>
    public static IEnumerable<(string Path, string Problem, string Remedy)> Check(InfluxOptions options)
    {
        if (!Uri.TryCreate(options.Url, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
            yield return ("url", $"'{options.Url}' is no address of InfluxDB", "Write it like http://127.0.0.1:8086");
        if (string.IsNullOrEmpty(options.Database) == string.IsNullOrEmpty(options.Bucket))
            yield return ("database", "Either a database or a bucket is to be named", "Give the database for InfluxDB 1, or bucket, org and token for InfluxDB 2");
        if (options.Database is not null && options.Token is not null)
            yield return ("token", "InfluxDB 1 knows no tokens", "Give user and password, or a bucket in place of the database");
    }
}
