using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Pipeline.Host.Configuration;

/// <summary>Makes options of JSON. It goes on after a problem, so that what it returns is of use only if none was added.</summary>
internal sealed class OptionBinder(ProblemList problems)
{
    public object? Bind(JsonElement json, JsonTypeInfo type, string path) => Bind(json, type, OptionRules.None, path);

    private object? Bind(JsonElement json, JsonTypeInfo type, OptionRules rules, string path)
    {
        var (kind, what, remedy) = type.Kind switch
        {
            JsonTypeInfoKind.Object => (JsonValueKind.Object, "an object", "Write it as { \"name\": value }."),
            JsonTypeInfoKind.Dictionary => (JsonValueKind.Object, "an object", "Write it as { \"name\": value }."),
            JsonTypeInfoKind.Enumerable => (JsonValueKind.Array, "a list", "Put it in [ ]."),
            _ => (json.ValueKind, "", ""),
        };
        if (json.ValueKind == JsonValueKind.Null)
            return Reject(path, "is null", "Give it a value, or leave it out.");
        if (json.ValueKind != kind)
            return Reject(path, $"is {Scalar.Show(json)}, not {what}", remedy);

        var before = problems.Count;
        var value = type.Kind switch
        {
            JsonTypeInfoKind.Object => BindObject(json, type, path),
            JsonTypeInfoKind.Dictionary => BindMap(json, type, rules, path),
            JsonTypeInfoKind.Enumerable => BindList(json, type, rules, path),
            _ => BindScalar(json, type, path),
        };
        if (type.Kind != JsonTypeInfoKind.None || problems.Count == before)
            foreach (var (problem, advice) in rules.Broken(value, Scalar.Show(json))) problems.Add(path, problem, advice);
        return value;
    }

    private object BindObject(JsonElement json, JsonTypeInfo type, string path)
    {
        var before = problems.Count;
        var properties = OptionProperty.Of(type);
        string[] known = [.. properties.Select(p => p.Name)];
        var options = OptionProperty.New(type);
        foreach (var name in json.EnumerateObject().Select(p => p.Name).Distinct().Except(known))
            if (name != "$schema" || path != OptionPath.Root)
                problems.Add(OptionPath.Property(path, name), "is not an option", Guess.DidYouMean(name, known));
        foreach (var property in properties)
            BindProperty(json, property, options, OptionPath.Property(path, property.Name));
        if (problems.Count == before) Validate(options, path);
        return options;
    }

    private void BindProperty(JsonElement json, OptionProperty property, object options, string path)
    {
        var before = problems.Count;
        if (!json.TryGetProperty(property.Name, out var written))
        {
            if (property.IsRequired) problems.Add(path, "is missing", $"Add it: {property.Description}");
        }
        else if (written.ValueKind == JsonValueKind.Null && property.AllowsNull)
            property.Set(options, null);
        else if (Bind(written, property.Type, property.Rules, path) is { } value && problems.Count == before)
            property.Set(options, value);
    }

    private void Validate(object options, string path)
    {
        if (options is not IValidatableObject validatable) return;
        foreach (var result in validatable.Validate(new ValidationContext(options)))
        {
            var message = (result.ErrorMessage ?? "is wrong").Split(". ", 2);
            problems.Add(OptionPath.Join(path, result.MemberNames.FirstOrDefault() ?? ""), message[0].TrimEnd('.'), message.ElementAtOrDefault(1) ?? "");
        }
    }

    private Array BindList(JsonElement json, JsonTypeInfo type, OptionRules rules, string path)
    {
        var element = OptionContract.For(type.ElementType!);
        var list = Array.CreateInstance(element.Type, json.GetArrayLength());
        foreach (var (index, item) in json.EnumerateArray().Index())
            list.SetValue(Bind(item, element, rules.ForElements(element), OptionPath.Item(path, index)), index);
        return type.Type.IsInstanceOfType(list) ? list : throw new NotSupportedException($"{type.Type}: declare an IReadOnlyList.");
    }

    private IDictionary BindMap(JsonElement json, JsonTypeInfo type, OptionRules rules, string path)
    {
        var element = OptionContract.For(type.ElementType!);
        var map = (IDictionary)Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(typeof(string), element.Type))!;
        foreach (var property in json.EnumerateObject())
            map[property.Name] = Bind(property.Value, element, rules.ForElements(element), OptionPath.Property(path, property.Name));
        return type.Type.IsInstanceOfType(map) ? map : throw new NotSupportedException($"{type.Type}: declare an IReadOnlyDictionary of string.");
    }

    private object? BindScalar(JsonElement json, JsonTypeInfo type, string path)
    {
        if (Scalar.TryRead(json, type, out var value)) return value is string text ? TextReferences.Fill(text, path, problems) : value;
        var (what, remedy) = Scalar.Expected(json, type);
        return Reject(path, $"is {Scalar.Show(json)}, not {what}", remedy);
    }

    private object? Reject(string path, string problem, string remedy)
    {
        problems.Add(path, problem, remedy);
        return null;
    }
}
