using Xunit;

namespace Pipeline.Testing;

/// <summary>A theory about a real InfluxDB 1, skipped where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class InfluxTheoryAttribute : TheoryAttribute
{
    public InfluxTheoryAttribute() => Skip = new InfluxFactAttribute().Skip;
}
