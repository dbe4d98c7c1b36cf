using System.Diagnostics.CodeAnalysis;

namespace Pipeline.Host.Configuration;

/// <summary>The options as read, or everything that is wrong with them.</summary>
public sealed record ConfigurationResult<T>(T? Value, IReadOnlyList<ConfigurationProblem> Problems) where T : class
{
    [MemberNotNullWhen(true, nameof(Value))]
    public bool IsSound => Value is not null;
}
