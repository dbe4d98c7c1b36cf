using System.Reflection;
using Microsoft.Extensions.Logging;

namespace Pipeline.Architecture.Tests;

public class LogEventTests
{
    [Fact]
    public void Log_event_ids_are_given_and_unique() => Assert.Empty(Clashes(
        from type in Repository.Types
        from method in type.GetMethods(BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
        let id = method.GetCustomAttribute<LoggerMessageAttribute>()?.EventId
        where id is not null
        select ($"{type}.{method.Name}", id.Value)));

    [Fact]
    public void A_log_event_id_used_twice_or_not_at_all_is_found() =>
        Assert.Equal(["a 1", "b 1", "c -1"], Clashes([("a", 1), ("b", 1), ("c", -1), ("d", 2)]));

    private static IEnumerable<string> Clashes(IEnumerable<(string Method, int Id)> events) =>
        events.GroupBy(e => e.Id).Where(g => g.Key <= 0 || g.Count() > 1).SelectMany(g => g.Select(e => $"{e.Method} {e.Id}"));
}
