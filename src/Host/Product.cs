using System.Reflection;

namespace Pipeline.Host;

/// <summary>What this program is called, and which one it is.</summary>
internal static class Product
{
    public const string Name = "pipeline";

    public static string Version { get; } =
        typeof(Product).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
}
