using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.Json.Serialization.Metadata;

namespace Pipeline.Host.Configuration;

/// <summary>
/// A range over numbers, durations (bounds as <see cref="Duration"/> text) or byte sizes. It compares by itself, because
/// <see cref="RangeAttribute"/> with whole bounds rounds a fraction into them and fails on a number larger than its type.
/// </summary>
internal sealed class OptionRange(RangeAttribute rule, JsonTypeInfo type)
{
    private readonly bool _isDuration = (Nullable.GetUnderlyingType(type.Type) ?? type.Type) == typeof(TimeSpan);

    public double Min => Number(rule.Minimum);
    public double Max => Number(rule.Maximum);

    /// <summary>A bound that is there for the type's sake is not worth a word.</summary>
    public bool HasMax => Max is not int.MaxValue and < long.MaxValue;

    public bool Contains(object value)
    {
        var number = Number(value);
        return (rule.MinimumIsExclusive ? number > Min : number >= Min) && (rule.MaximumIsExclusive ? number < Max : number <= Max);
    }

    public string Show(object value) => Text(Number(value));

    public override string ToString() =>
        (rule.MinimumIsExclusive ? "more than " : "") + Text(Min) +
        (!HasMax ? rule.MinimumIsExclusive ? "" : " or more" : (rule.MaximumIsExclusive ? " to less than " : " to ") + Text(Max));

    private string Text(double number) =>
        _isDuration ? Duration.Format(TimeSpan.FromTicks((long)number))
        : type.Converter is IByteSizeConverter && ByteSize.Format((long)number) is { } size ? size
        : number.ToString("0.################", CultureInfo.InvariantCulture);

    private double Number(object value) => value switch
    {
        TimeSpan duration => duration.Ticks,
        string text when Duration.TryParse(text, out var duration) => duration.Ticks,
        string text when _isDuration => TimeSpan.Parse(text, CultureInfo.InvariantCulture).Ticks,
        string text when ByteSize.TryParse(text, out var bytes) => bytes,
        _ => Convert.ToDouble(value, CultureInfo.InvariantCulture),
    };
}
