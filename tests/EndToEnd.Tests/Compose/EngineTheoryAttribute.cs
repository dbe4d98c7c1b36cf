namespace Pipeline.EndToEnd.Tests.Compose;

/// <summary>A theory that needs containers, left out where they cannot be had.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class EngineTheoryAttribute : TheoryAttribute
{
    public EngineTheoryAttribute() => Skip = Engine.Missing;
}
