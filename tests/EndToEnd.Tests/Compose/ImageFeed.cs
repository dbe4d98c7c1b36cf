using System.Xml.Linq;
using Pipeline.Testing;

namespace Pipeline.EndToEnd.Tests.Compose;

/// <summary>What <c>./pipeline</c> has found out about the package feed, as the build of the image is told.</summary>
internal static class ImageFeed
{
    private const string Library = "artifacts/feed/librdkafka.so";

    /// <summary>Puts the compiled librdkafka where the build finds it.</summary>
    /// <returns>The build properties; empty for a feed that has everything.</returns>
    public static string Hand()
    {
        var file = Path.Combine(Repository.Root, "feed.props");
        return File.Exists(file) ? string.Join(' ', XDocument.Load(file).Descendants("PropertyGroup").Elements().Select(Property)) : "";
    }

    private static string Property(XElement property)
    {
        if (property.Name.LocalName != "LibrdkafkaFile") return $"-p:{property.Name.LocalName}={property.Value}";
        var target = Path.Combine(Repository.Root, Library);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        File.Copy(property.Value, target, overwrite: true);
        return $"-p:LibrdkafkaFile=/src/{Library}";
    }
}
