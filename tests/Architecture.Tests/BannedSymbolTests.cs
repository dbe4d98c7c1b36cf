using System.Reactive.Concurrency;
using System.Reactive.Linq;
using System.Reflection;

namespace Pipeline.Architecture.Tests;

public class BannedSymbolTests
{
    private static readonly HashSet<string> Banned = [.. Repository.Read("BannedSymbols.txt").Split('\n').Select(line => line.Split(';')[0])];

    [Fact]
    public void Every_operator_that_takes_a_time_and_no_scheduler_is_banned() =>
        Assert.Empty(typeof(Observable).GetMethods(BindingFlags.Public | BindingFlags.Static).Where(ReadsTheWallClock).Select(Id).Except(Banned));

    [Fact]
    public void Every_banned_operator_exists() =>
        Assert.Empty(Banned.Where(b => b.StartsWith("M:System.Reactive.", StringComparison.Ordinal)).Except(typeof(Observable).GetMethods().Select(Id)));

    private static bool ReadsTheWallClock(MethodInfo method)
    {
        var types = method.GetParameters().SelectMany(p => Mentioned(p.ParameterType)).ToHashSet();
        return (types.Contains(typeof(TimeSpan)) || types.Contains(typeof(DateTimeOffset))) && !types.Contains(typeof(IScheduler));
    }

    private static IEnumerable<Type> Mentioned(Type type) => type.GetGenericArguments().SelectMany(Mentioned).Append(type);

    // The documentation comment's id, which is what the analyzer goes by.
    private static string Id(MethodInfo method) =>
        $"M:{method.DeclaringType}.{method.Name}{(method.IsGenericMethod ? $"``{method.GetGenericArguments().Length}" : "")}" +
        (method.GetParameters() is { Length: > 0 } parameters ? $"({string.Join(',', parameters.Select(p => Id(p.ParameterType)))})" : "");

    private static string Id(Type type) =>
        type.IsGenericMethodParameter ? $"``{type.GenericParameterPosition}"
        : type.IsArray ? Id(type.GetElementType()!) + "[]"
        : type.IsGenericType ? $"{type.Namespace}.{type.Name.Split('`')[0]}{{{string.Join(',', type.GetGenericArguments().Select(Id))}}}"
        : type.FullName!.Replace('+', '.');
}
