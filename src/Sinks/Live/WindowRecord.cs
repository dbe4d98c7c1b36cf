using System.Text.Json;
using Pipeline.Contracts;

namespace Pipeline.Sinks;

/// <summary>Reads records of the topic of results.</summary>
internal static class WindowRecord
{
    /// <summary>The result, or null where the record is none, or none that could be shown.</summary>
    public static WindowResult? Read(ReadOnlySpan<byte> value)
    {
        try
        {
            var result = JsonSerializer.Deserialize(value, WireFormat.Records.WindowResult);
            return result is not null && HasTimes(result) && HasNumbers(result) ? result : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>From 1970 on and within what a calendar can show.</summary>
    private static bool HasTimes(WindowResult result) =>
        result.Start >= 0 && result.Start < result.End && result.End <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    /// <summary>A number too big for a double is read as infinite, and could not be shown.</summary>
    private static bool HasNumbers(WindowResult result) =>
        new[] { result.Sum, result.Min, result.Max, result.Mean, result.First, result.Last, result.Rate ?? 0 }
            .Concat(result.Quantiles.Values)
            .Concat([result.StandardDeviation ?? 0, result.Increase ?? 0, result.IncreaseRate ?? 0, result.Ewma ?? 0, result.Baseline ?? 0, result.Change ?? 0])
            .Concat(result.Above?.Values ?? [])
            .All(double.IsFinite);
}
