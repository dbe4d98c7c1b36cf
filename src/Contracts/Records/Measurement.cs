namespace Pipeline.Contracts;

/// <summary>A named number, with the unit in its name, for example <c>ttfb_seconds</c>.</summary>
public readonly record struct Measurement(string Name, double Value);
