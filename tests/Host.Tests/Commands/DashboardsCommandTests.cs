using Pipeline.Host.Commands;
using Pipeline.Testing;

namespace Pipeline.Host.Tests.Commands;

public sealed class DashboardsCommandTests
{
    [Fact]
    public void The_dashboards_in_the_repository_are_those_of_the_default_configuration()
    {
        var made = DashboardsCommand.Of(LoadedConfiguration.Load(null).Options!).ToDictionary(d => d.File, d => d.Json);
        var there = Directory.GetFiles(Path.Combine(Repository.Root, "grafana", "dashboards"), "*.json").ToDictionary(f => Path.GetFileName(f), File.ReadAllText);

        Assert.True(made.OrderBy(d => d.Key).SequenceEqual(there.OrderBy(d => d.Key)), "Write them anew: ./pipeline dashboards");
    }
}
