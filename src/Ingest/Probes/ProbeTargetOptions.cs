using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Pipeline.Contracts;

namespace Pipeline.Ingest.Probes;

/// <summary>One address that is probed on a schedule.</summary>
public sealed record ProbeTargetOptions
{
    [Description("The name of the target, its record key and its label 'target'.")]
    [Required, MinLength(1), MaxLength(200)]
    public string Name { get; init; } = "";

    [Secret] // addresses of RPC nodes often hold a key
    [Description("An absolute http or https address.")]
    [Required, MinLength(1)]
    public string Url { get; init; } = "";

    [Description("The time from one probe to the next.")]
    [Range(typeof(TimeSpan), "00:00:00.1", "1.00:00:00")]
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(10);

    [Description("The time one probe may take, with all its redirects.")]
    [Range(typeof(TimeSpan), "00:00:00.01", "00:00:30")]
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(5);

    [Description("The request method. A probe sends no body.")]
    [RegularExpression("^(GET|HEAD|OPTIONS|POST)$")]
    public string Method { get; init; } = "GET";

    [Secret]
    [Description("Request headers. They go to the origin of the address only, never to another one that it redirects to.")]
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    [Description("What a good answer looks like.")]
    public ProbeExpectOptions Expect { get; init; } = new();

    [Description("The longest body in bytes; a longer one is not read to its end and fails with the outcome 'content'.")]
    [Range(0L, 1L << 40)]
    public long BodyLimit { get; init; } = 10 * 1024 * 1024;

    [Description("Whether each probe opens a connection of its own, or uses a kept one where there is one.")]
    public bool FreshConnection { get; init; } = true;

    [Description("How many redirects are followed; with 0 a redirect is an answer like any other.")]
    [Range(0, 20)]
    public int MaxRedirects { get; init; } = 5;

    [Description("Whether a certificate that cannot be verified is accepted. Its expiry is measured all the same.")]
    public bool AllowInvalidCertificate { get; init; }
}
