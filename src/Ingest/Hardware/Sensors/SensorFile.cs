namespace Pipeline.Ingest.Hardware;

/// <summary>Where a sensor is read, and what it is called.</summary>
internal sealed record SensorFile(string Path, SensorKind Kind, string Name);
