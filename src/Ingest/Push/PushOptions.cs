using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Pipeline.Ingest.Push;

/// <summary>What others may send here, by <c>/write</c>, <c>/api/v2/write</c> and <c>/api/observations</c>.</summary>
public sealed record PushOptions
{
    [Required]
    [Description("The label that keys a pushed sample. A sample without it is keyed by all its labels.")]
    public string Key { get; init; } = "host";

    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    [Description("How old a pushed sample may be. Windows wait this long for it; what comes later is late.")]
    public TimeSpan Lateness { get; init; } = TimeSpan.FromSeconds(10);

    [Range(1024, 1 << 28)]
    [Description("Bytes of one request after decompression. A larger one is refused whole (413).")]
    public int MaxBodyBytes { get; init; } = 32 << 20;

    [Range(1, 10_000_000)]
    [Description("Lines of one request, blank ones too. One with more is refused whole (413).")]
    public int MaxLines { get; init; } = 200_000;

    [Range(64, 1 << 24)]
    [Description("Bytes of one line. A longer one is a bad line.")]
    public int MaxLineBytes { get; init; } = 256 << 10;

    [Range(1, 1024)]
    [Description("Labels of one sample. A sample with more is a bad line.")]
    public int MaxLabels { get; init; } = 64;

    [Range(16, 1 << 16)]
    [Description("Characters of the kind and all label names and texts of one sample together. A sample with more is a bad line.")]
    public int MaxLabelLength { get; init; } = 4096;

    [Range(1, 1 << 16)]
    [Description("Values and attributes of one sample together. A sample with more is a bad line.")]
    public int MaxValues { get; init; } = 1024;

    [Range(1, 4096)]
    [Description("Requests in work at once. One more is refused (503, Retry-After).")]
    public int MaxConcurrentRequests { get; init; } = 16;
}
