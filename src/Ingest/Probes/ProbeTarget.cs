using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Pipeline.Contracts;

namespace Pipeline.Ingest.Probes;

/// <summary>One target as it is probed.</summary>
public sealed record ProbeTarget
{
    public required string Name { get; init; }
    public required Uri Url { get; init; }
    public required TimeSpan Interval { get; init; }
    public required TimeSpan Timeout { get; init; }
    public required HttpMethod Method { get; init; }
    public required IReadOnlyDictionary<string, string> Headers { get; init; }
    public required ProbeExpectation Expectation { get; init; }
    public required long BodyLimit { get; init; }
    public required bool FreshConnection { get; init; }
    public required int MaxRedirects { get; init; }
    public required bool AllowInvalidCertificate { get; init; }
    public required LabelSet Labels { get; init; }

    /// <summary>Where its instants lie in the interval: fixed by target and vantage, so that neither targets nor vantages meet.</summary>
    public required TimeSpan Phase { get; init; }

    /// <param name="options">As they passed <see cref="ProbeOptions.Check"/>.</param>
    public static ProbeTarget Of(ProbeTargetOptions options, string vantage) => new()
    {
        Name = options.Name,
        Url = new Uri(options.Url),
        Interval = options.Interval,
        Timeout = options.Timeout,
        Method = HttpMethod.Parse(options.Method),
        Headers = options.Headers,
        Expectation = ProbeExpectation.Of(options.Expect),
        BodyLimit = options.BodyLimit,
        FreshConnection = options.FreshConnection,
        MaxRedirects = options.MaxRedirects,
        AllowInvalidCertificate = options.AllowInvalidCertificate,
        Labels = LabelSet.Of(("target", options.Name), ("vantage", vantage)),
        Phase = PhaseOf($"{options.Name}\n{vantage}", options.Interval),
    };

    private static TimeSpan PhaseOf(string name, TimeSpan interval)
    {
        var hash = BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(name)));
        return TimeSpan.FromMilliseconds((long)(hash % (ulong)interval.TotalMilliseconds));
    }
}
