namespace Pipeline.Sinks.Influx;

/// <summary>Sends lines to an InfluxDB.</summary>
public interface IInfluxWriter
{
    /// <summary>
    /// Sends the lines once, with times in milliseconds, and tells what became of them; a server that cannot be reached is an answer too.
    /// To be called for several batches at once.
    /// </summary>
    /// <exception cref="OperationCanceledException"><paramref name="abort"/> was cancelled.</exception>
    Task<InfluxAnswer> WriteAsync(ReadOnlyMemory<byte> lines, CancellationToken abort);
}
