using System.ComponentModel;
using System.Reflection;

namespace Pipeline.Architecture.Tests;

public class OptionsTests
{
    [Fact]
    public void Every_option_is_described() => Assert.Empty(Undescribed(Repository.Types.Where(t => t.Name.EndsWith("Options", StringComparison.Ordinal))));

    [Fact]
    public void An_option_without_a_description_is_found() => Assert.Equal(["Planted.Size"], Undescribed([typeof(Planted)]));

    private static IEnumerable<string> Undescribed(IEnumerable<Type> types) =>
        from type in types
        from property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
        where property.CanWrite && string.IsNullOrWhiteSpace(property.GetCustomAttribute<DescriptionAttribute>()?.Description)
        select $"{type.Name}.{property.Name}";

    private sealed record Planted
    {
        [Description("Its name.")]
        public string Name { get; init; } = "";

        public int Size { get; init; }
        public bool IsEmpty => Size == 0;
    }
}
