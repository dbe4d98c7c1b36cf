using Pipeline.Contracts;

namespace Pipeline.Simulation.Tests;

/// <summary>Faults between a stage or node and what it appends.</summary>
internal sealed class AppendFault(Predicate<string> isOf, Func<ILog, ILog> alter) : PlantedFault
{
    public override ILog Log(string job, ILog log) => isOf(job) ? alter(log) : log;
}

internal sealed class OutputsBeforeProgress(ILog log) : AlteredLog(log)
{
    protected override async ValueTask AppendAsync(ILogWriter writer, RecordBatch batch)
    {
        var outputs = Copy(batch, i => !IsProgress(batch, i));
        if (outputs.Count > 0) await base.AppendAsync(writer, outputs);
        await base.AppendAsync(writer, Copy(batch, i => IsProgress(batch, i)));
    }
}

/// <param name="alter">What the progress says instead.</param>
internal sealed class WrongProgress(ILog log, Func<Progress, Progress> alter) : AlteredLog(log)
{
    protected override ValueTask AppendAsync(ILogWriter writer, RecordBatch batch) => base.AppendAsync(writer, Copy(batch, _ => true, alter));
}

/// <summary>Where an append was cut, the next begins with the output that the last one ended with.</summary>
internal sealed class RepeatedOutput(ILog log) : AlteredLog(log)
{
    private RecordBatch? _repeated;

    protected override async ValueTask AppendAsync(ILogWriter writer, RecordBatch batch)
    {
        var next = _repeated ?? new RecordBatch();
        var isCut = false;
        var copy = Copy(batch, _ => true, progress =>
        {
            isCut = progress.Outputs >= 0;
            return progress;
        });
        for (var i = 0; i < copy.Count; i++) next.Add(copy[i].To, copy[i].Key, copy[i].Value);
        _repeated = isCut ? Copy(copy, i => i == copy.Count - 2) : null;
        await base.AppendAsync(writer, next);
    }
}

/// <summary>Sends again what may have been kept.</summary>
internal sealed class UnknownTakenForFailure(ILog log) : AlteredLog(log)
{
    protected override async ValueTask AppendAsync(ILogWriter writer, RecordBatch batch)
    {
        try
        {
            await base.AppendAsync(writer, batch);
        }
        catch (OutcomeUnknownException e)
        {
            throw new LogUnavailableException("It was not kept.", e);
        }
    }
}

/// <summary>Sends the same at once again.</summary>
internal sealed class UnknownSentAgain(ILog log) : AlteredLog(log)
{
    protected override async ValueTask AppendAsync(ILogWriter writer, RecordBatch batch)
    {
        try
        {
            await base.AppendAsync(writer, batch);
        }
        catch (OutcomeUnknownException)
        {
            await base.AppendAsync(writer, batch);
        }
    }
}

/// <summary>Every opening has a name of its own, so nobody is fenced.</summary>
internal sealed class NobodyFenced(ILog log) : AlteredLog(log)
{
    public override ValueTask<ILogWriter> OpenAsync(string name, CancellationToken abort) => base.OpenAsync($"{name} {Guid.NewGuid()}", abort);
}

/// <summary>Promises what its sources have not.</summary>
internal sealed class EarlyTick(ILog log) : AlteredLog(log)
{
    private const long Early = 500;

    protected override ValueTask AppendAsync(ILogWriter writer, RecordBatch batch)
    {
        var copy = new RecordBatch();
        for (var i = 0; i < batch.Count; i++)
        {
            var record = batch[i];
            if (!record.Key.SequenceEqual("tick"u8)) copy.Add(record.To, record.Key, record.Value);
            else
            {
                var tick = System.Text.Json.JsonSerializer.Deserialize(record.Value, WireFormat.Records.Tick)!;
                copy.Add(record.To, record.Key, System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(tick with { Time = tick.Time + Early }, WireFormat.Records.Tick));
            }
        }
        return base.AppendAsync(writer, copy);
    }
}
