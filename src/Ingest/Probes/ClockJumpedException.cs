using System.Globalization;

namespace Pipeline.Ingest.Probes;

/// <summary>The wall clock was set while probes were running. Subscribing again starts them on the new time.</summary>
public sealed class ClockJumpedException(TimeSpan by)
    : Exception(string.Create(CultureInfo.InvariantCulture, $"The wall clock jumped by {by.TotalSeconds:0.###} s under the probes."));
