namespace Pipeline.EndToEnd.Tests.Compose;

/// <summary>A test that needs containers, left out where they cannot be had.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class EngineFactAttribute : FactAttribute
{
    public EngineFactAttribute() => Skip = Engine.Missing;
}
