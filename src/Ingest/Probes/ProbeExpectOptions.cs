using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Pipeline.Ingest.Probes;

/// <summary>What a good answer looks like. Another status makes the outcome 'http', another body 'content'.</summary>
public sealed record ProbeExpectOptions
{
    [Description("The status codes of a good answer, singly or in ranges: 200-299,304.")]
    [Required, MinLength(1)]
    public string Status { get; init; } = "200-299";

    [Description("The SHA-256 of the body, as 64 hexadecimal digits.")]
    public string? Sha256 { get; init; }

    [Description("The length of the body in bytes.")]
    [Range(0L, 1L << 40)]
    public long? Length { get; init; }

    [Description("A text that the body contains, compared as UTF-8 bytes.")]
    [MinLength(1), MaxLength(4096)]
    public string? Text { get; init; }
}
