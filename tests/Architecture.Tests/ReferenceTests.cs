using System.Xml.Linq;

namespace Pipeline.Architecture.Tests;

public class ReferenceTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Contracts"] = [],
        ["Processing"] = ["Contracts"],
        ["Transport"] = ["Contracts", "Processing"],
        ["Ingest"] = ["Contracts", "Processing"],
        ["Sinks"] = ["Contracts", "Processing"],
        ["Host"] = ["Contracts", "Processing", "Transport", "Ingest", "Sinks"],
    };

    [Fact]
    public void Projects_refer_only_to_the_rooms_below_them() => Assert.All(Allowed, room =>
        Assert.Subset(room.Value.ToHashSet(), Includes(room.Key, "ProjectReference").Where(p => !p.Contains("feed/")).Select(p => Path.GetFileNameWithoutExtension(p)).ToHashSet()));

    [Fact]
    public void Assemblies_refer_only_to_the_rooms_below_them() => Assert.All(Allowed, room =>
        Assert.Subset(room.Value.Select(r => $"Pipeline.{r}").ToHashSet(), References(room.Key).Where(r => r.StartsWith("Pipeline.", StringComparison.Ordinal)).ToHashSet()));

    [Fact]
    public void All_projects_of_src_are_rooms() =>
        Assert.Equal(Allowed.Keys.Order(), Repository.Files("src", "*.csproj").Select(f => Path.GetFileNameWithoutExtension(f)).Order());

    [Fact]
    public void Contracts_take_no_package() => Assert.Empty(Includes("Contracts", "PackageReference"));

    [Fact]
    public void Processing_takes_reactive_alone() => Assert.Equal(["System.Reactive"], Includes("Processing", "PackageReference"));

    [Fact]
    public void Processing_knows_no_network_process_or_logger() => Assert.DoesNotContain(References("Processing"), r =>
        new[] { "System.Net", "System.Diagnostics.Process", "System.IO.FileSystem", "Microsoft." }.Any(f => r.StartsWith(f, StringComparison.Ordinal)));

    private static IEnumerable<string> References(string room) => Repository.Assemblies[room].GetReferencedAssemblies().Select(a => a.Name!);

    private static IEnumerable<string> Includes(string room, string element) =>
        XDocument.Parse(Repository.Read($"src/{room}/{room}.csproj")).Descendants(element).Select(e => e.Attribute("Include")!.Value.Replace('\\', '/'));
}
