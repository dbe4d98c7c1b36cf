using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization.Metadata;
using Pipeline.Contracts;

namespace Pipeline.Host.Configuration;

/// <summary>One property of an options record, as an operator may write it.</summary>
internal sealed class OptionProperty
{
    private readonly JsonPropertyInfo _json;

    private OptionProperty(JsonPropertyInfo json, object defaults)
    {
        _json = json;
        Type = OptionContract.For(json);
        Rules = new OptionRules([.. Attributes<ValidationAttribute>()], Type);
        Default = json.Get!(defaults);
        IsRequired = json.IsRequired || Rules.Broken(Default).Any();
    }

    public string Name => _json.Name;
    public JsonTypeInfo Type { get; }
    public OptionRules Rules { get; }
    public string Description => Attributes<DescriptionAttribute>().SingleOrDefault()?.Description ?? "";

    /// <summary>What holds where nothing is written.</summary>
    public object? Default { get; }

    /// <summary>It is declared so, or its default breaks its own rules.</summary>
    public bool IsRequired { get; }

    public bool AllowsNull => _json.PropertyType.IsValueType ? Nullable.GetUnderlyingType(_json.PropertyType) is not null : _json.IsSetNullable;

    public bool IsSecret => Attributes<SecretAttribute>().Any();

    public void Set(object options, object? value) => _json.Set!(options, value);

    /// <exception cref="NotSupportedException">The record has no constructor without parameters.</exception>
    public static IReadOnlyList<OptionProperty> Of(JsonTypeInfo record)
    {
        var defaults = New(record);
        return [.. record.Properties.Select(p => new OptionProperty(p, defaults))];
    }

    /// <summary>A record with all its defaults.</summary>
    public static object New(JsonTypeInfo record) => record.CreateObject?.Invoke()
        ?? throw new NotSupportedException($"{record.Type} is no options record: it needs init properties, not constructor parameters.");

    private IEnumerable<T> Attributes<T>() => _json.AttributeProvider?.GetCustomAttributes(typeof(T), inherit: true).Cast<T>() ?? [];
}
