using System.Text;

namespace Pipeline.Ingest.Probes;

/// <summary>What a good answer looks like.</summary>
public sealed class ProbeExpectation
{
    private readonly StatusRanges _status;

    private ProbeExpectation(StatusRanges status) => _status = status;

    /// <summary>64 lower-case hexadecimal digits.</summary>
    public string? Sha256 { get; private init; }

    /// <summary>In bytes.</summary>
    public long? Length { get; private init; }

    /// <summary>As UTF-8; empty where no text is expected.</summary>
    public ReadOnlyMemory<byte> Text { get; private init; }

    /// <exception cref="ArgumentException">The status is no list of codes, which <see cref="ProbeOptions.Check"/> reports.</exception>
    public static ProbeExpectation Of(ProbeExpectOptions options) =>
        StatusRanges.TryParse(options.Status, out var status)
            ? new ProbeExpectation(status)
            {
                Sha256 = options.Sha256?.ToLowerInvariant(),
                Length = options.Length,
                Text = Encoding.UTF8.GetBytes(options.Text ?? ""),
            }
            : throw new ArgumentException($"'{options.Status}' is no list of status codes.", nameof(options));

    public bool Allows(int status) => _status.Contains(status);
}
