using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Pipeline.Contracts;

namespace Pipeline.Sinks.Influx;

/// <summary>Where the results of windows are kept, and how they get there.</summary>
public sealed record InfluxOptions
{
    [Required, Secret]
    [Description("The address of InfluxDB.")]
    public string Url { get; init; } = "http://127.0.0.1:8086";

    [Description("The database, for InfluxDB 1; with a token, for InfluxDB 3.")]
    public string? Database { get; init; }

    [Description("The user, for InfluxDB 1.")]
    public string? User { get; init; }

    [Secret]
    [Description("The user's password, for InfluxDB 1. Better than itself: ${env:NAME} or ${file:/run/secrets/name}.")]
    public string? Password { get; init; }

    [Description("The bucket, for InfluxDB 2.")]
    public string? Bucket { get; init; }

    [Description("The organisation, for InfluxDB 2.")]
    public string? Org { get; init; }

    [Secret]
    [Description("The token, for InfluxDB 2 and 3. Better than itself: ${env:NAME} or ${file:/run/secrets/name}.")]
    public string? Token { get; init; }

    [Description("Who sends: our own HTTP sender, or the package InfluxDB.Client (versions 2 and 3).")]
    public InfluxSender Sender { get; init; }

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

    /// <summary>Where <c>/api/v2/write</c> writes to; null where <c>/write</c> of version 1 is to be used.</summary>
    internal string? Version2Bucket => Bucket ?? (Token is null ? null : Database);

    /// <summary>The address as people may see it: without user, password and query; empty where it is none.</summary>
    internal string PublicUrl => Uri.TryCreate(Url, UriKind.Absolute, out var url) ? url.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped).TrimEnd('/') : "";

    /// <summary>Without secrets.</summary>
    public override string ToString() => $"{PublicUrl} {Database}{Bucket}";

    /// <summary>What cannot be said of a single option, each with its place and the remedy.</summary>
    public static IEnumerable<(string Path, string Problem, string Remedy)> Check(InfluxOptions options)
    {
        if (!Uri.TryCreate(options.Url, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
            yield return ("url", "This is no address of InfluxDB", "Write it like http://127.0.0.1:8086");
        if (string.IsNullOrEmpty(options.Database) == string.IsNullOrEmpty(options.Bucket))
            yield return ("database", "Either a database or a bucket is to be named", "Give the database for InfluxDB 1; bucket, org and token for InfluxDB 2; database and token for InfluxDB 3");
        if (options.Token is not null && options.User is not null)
            yield return ("token", "Both a token and a user are given", "InfluxDB 1 takes user and password, versions 2 and 3 the token: leave the other out");
        if (options.Sender == InfluxSender.Client && !InfluxWriters.HasClient)
            yield return ("sender", "This program was built without the package InfluxDB.Client", "Leave sender out: the HTTP sender does the same");
        if (options.Sender == InfluxSender.Client && options.Version2Bucket is null)
            yield return ("sender", "InfluxDB.Client does not speak to InfluxDB 1", "Leave sender out, or give a token");
    }
}
