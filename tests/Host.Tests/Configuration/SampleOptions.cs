using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Pipeline.Contracts;

namespace Pipeline.Host.Tests.Configuration;

/// <summary>Options with one property of every kind that the reader knows.</summary>
public sealed record SampleOptions
{
    [Description("The name of the node."), Required, RegularExpression("[a-z][a-z0-9-]*", ErrorMessage = "Use small letters, digits and dashes.")]
    public string Name { get; init; } = "";

    [Description("How many probes run at once."), Range(1, 64)]
    public int Parallel { get; init; } = 4;

    [Description("The share of traces kept."), Range(0, 1)]
    public double Ratio { get; init; } = 0.5;

    [Description("Whether it runs.")]
    public bool Enabled { get; init; } = true;

    [Description("How long records are kept."), Range(typeof(TimeSpan), "1m", "30d")]
    public TimeSpan Retention { get; init; } = TimeSpan.FromDays(7);

    [Description("When to give up; never if absent.")]
    public TimeSpan? Timeout { get; init; }

    [Description("The largest body taken."), Range(typeof(long), "1KiB", "1GiB")]
    public long MaxBodyBytes { get; init; } = 32 * 1024 * 1024;

    [Description("What happens when it is full.")]
    public OverflowPolicy Overflow { get; init; } = OverflowPolicy.DropNewest;

    [Description("The ranks to compute."), MinLength(1), Range(0.0, 1.0)]
    public IReadOnlyList<double> Quantiles { get; init; } = [0.5, 0.95];

    [Description("Labels added to everything.")]
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    [Description("The windows."), MaxLength(3)]
    public IReadOnlyList<SampleWindow> Windows { get; init; } = [];

    [Description("The window that takes what no other takes; none if absent.")]
    public SampleWindow? Rest { get; init; }

    [Description("What the rest does when it is full; as the others if absent.")]
    public OverflowPolicy? RestOverflow { get; init; }

    [Description("A place for notes.")]
    public string? Note { get; init; }

    public bool IsQuiet => Note is null;
}

public sealed record SampleWindow : IValidatableObject
{
    [Description("The length of the window.")]
    public required TimeSpan Size { get; init; }

    [Description("The distance between two windows; the size if absent.")]
    public TimeSpan? Slide { get; init; }

    [Description("Only series with these labels.")]
    public LabelSet Where { get; init; } = LabelSet.Empty;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Slide > Size) yield return new ValidationResult("is longer than size. Make it equal or shorter.", ["slide"]);
    }
}
