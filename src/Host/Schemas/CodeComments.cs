using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Pipeline.Host.Schemas;

/// <summary>
/// What the code's own comments say of public types and properties, as Markdown, from the XML file that the compiler lays beside the assembly.
/// Properties go by their names in JSON.
/// </summary>
internal sealed partial class CodeComments(Assembly assembly)
{
    private readonly Dictionary<string, XElement> _members =
        XDocument.Load(Path.ChangeExtension(assembly.Location, ".xml")).Descendants("member").ToDictionary(m => m.Attribute("name")!.Value);

    /// <summary>Empty where nothing is said.</summary>
    public string Of(Type type) => Text(_members.GetValueOrDefault($"T:{type.FullName}")?.Element("summary"));

    /// <summary>Its own summary, or where a record's constructor declares it, that of the parameter. Empty where nothing is said.</summary>
    public string Of(MemberInfo property)
    {
        var type = property.DeclaringType!;
        var parameters = _members.GetValueOrDefault($"T:{type.FullName}")?.Elements("param") ?? [];
        return Text(_members.GetValueOrDefault($"P:{type.FullName}.{property.Name}")?.Element("summary")
            ?? parameters.FirstOrDefault(p => p.Attribute("name")!.Value == property.Name));
    }

    private static string Text(XElement? comment) => comment is null ? "" : Space().Replace(string.Concat(comment.Nodes().Select(Text)), " ").Trim();

    private static string Text(XNode node) => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
        XElement reference => $"`{JsonNamingPolicy.CamelCase.ConvertName((reference.Attribute("cref") ?? reference.Attribute("name"))!.Value.Split('.')[^1])}`",
        _ => "",
    };

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
