using System.Diagnostics;

namespace Microsoft.Reactive.Testing;

/// <summary>A value and the virtual time it belongs to.</summary>
[DebuggerDisplay("{Value}@{Time}")]
public readonly record struct Recorded<T>(long Time, T Value)
{
    public override string ToString() => $"{Value}@{Time}";
}
