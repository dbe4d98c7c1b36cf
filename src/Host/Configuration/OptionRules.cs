using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization.Metadata;

namespace Pipeline.Host.Configuration;

/// <summary>
/// The DataAnnotations of one property. On a list or a map, those that speak of length are about the whole and the others about each element.
/// </summary>
internal sealed class OptionRules(IReadOnlyList<ValidationAttribute> attributes, JsonTypeInfo type)
{
    public static readonly OptionRules None = new([], OptionContract.For(typeof(string)));

    public IEnumerable<ValidationAttribute> OfWhole => IsCollection ? attributes.Where(IsAboutLength) : attributes;
    public IEnumerable<ValidationAttribute> OfElements => IsCollection ? attributes.Where(a => !IsAboutLength(a)) : [];

    private bool IsCollection => type.Kind is JsonTypeInfoKind.Enumerable or JsonTypeInfoKind.Dictionary;

    /// <summary>The same, for the elements of the collection.</summary>
    public OptionRules ForElements(JsonTypeInfo element) => new([.. OfElements], element);

    /// <summary>What the value (for a collection: its length) breaks.</summary>
    /// <param name="shown">The text as it was written, since what a reference stands for is never shown.</param>
    public IEnumerable<(string Problem, string Remedy)> Broken(object? value, string shown = "")
    {
        foreach (var rule in OfWhole)
            if (!Holds(rule, value)) yield return Explain(rule, value, shown);
    }

    private static bool IsAboutLength(ValidationAttribute a) => a is RequiredAttribute or MinLengthAttribute or MaxLengthAttribute or LengthAttribute;

    private bool Holds(ValidationAttribute rule, object? value) => rule switch
    {
        RangeAttribute range => value is null || new OptionRange(range, type).Contains(value),
        _ => rule.GetValidationResult(value, new ValidationContext(value ?? this) { DisplayName = "it" }) == ValidationResult.Success,
    };

    private (string Problem, string Remedy) Explain(ValidationAttribute rule, object? value, string shown)
    {
        var (problem, remedy) = rule switch
        {
            RangeAttribute range => ($"is {new OptionRange(range, type).Show(value!)}, out of range", $"Use {new OptionRange(range, type)}."),
            RequiredAttribute => ("is empty", "Give it a value."),
            MinLengthAttribute min => ($"has {Length(value)}, too few", $"Give it at least {min.Length}."),
            MaxLengthAttribute max => ($"has {Length(value)}, too many", $"Give it at most {max.Length}."),
            LengthAttribute both => ($"has {Length(value)}", $"Give it {both.MinimumLength} to {both.MaximumLength}."),
            RegularExpressionAttribute regex => ($"is {shown}", $"Write it as the pattern {regex.Pattern} says."),
            AllowedValuesAttribute allowed => ($"is {shown}", $"Use one of {string.Join(", ", allowed.Values)}."),
            _ => ($"is {shown}", rule.FormatErrorMessage("it")),
        };
        return (problem, rule.ErrorMessage ?? remedy);
    }

    private static string Length(object? value) => value switch
    {
        string text => $"{text.Length} characters",
        IEnumerable items => $"{items.Cast<object?>().Count()} entries",
        _ => "nothing",
    };
}
