using Pipeline.Contracts;

namespace Pipeline.Sinks;

/// <summary>The program's own metrics.</summary>
internal sealed class PipelineExposition(ExpositionWriter writer)
{
    public void Write(PipelineSnapshot pipeline, LiveStats live, long droppedClients)
    {
        WriteTopics(pipeline.Topics);
        WriteLedger(pipeline.Ledger);
        WriteLag(pipeline);
        WriteLive(live, droppedClients);
        WriteProcess(pipeline);
    }

    private void WriteTopics(IReadOnlyList<TopicState> topics)
    {
        writer.Begin("pipeline_records_total", "counter", "Records that the log took: the offset that the next one gets.");
        ForEachPartition(topics, state => state.End);
        writer.Begin("pipeline_log_bytes", "gauge", "Size of a partition on disk.");
        ForEachPartition(topics, state => state.Bytes);
    }

    private void ForEachPartition(IReadOnlyList<TopicState> topics, Func<PartitionState, double?> value)
    {
        foreach (var topic in topics)
            for (var i = 0; i < topic.Partitions.Count; i++)
                if (value(topic.Partitions[i]) is { } known) writer.Add(known, ("topic", topic.Name), ("partition", $"{i}"));
    }

    private void WriteLedger(IReadOnlyList<LedgerEntry> ledger)
    {
        writer.Begin("pipeline_ledger_total", "counter", "Values by stream and what became of them; in = the sum of all others and of those held.");
        foreach (var entry in ledger)
            foreach (var (column, count) in LedgerColumns.Of(entry).Where(c => c.Column != "held"))
                writer.Add(count, ("stream", entry.Name), ("column", column));
        writer.Begin("pipeline_ledger_pooled_total", "counter", "Of the values taken in, those put together in the series labelled overflow, for want of room.");
        foreach (var entry in ledger) writer.Add(entry.Pooled, ("stream", entry.Name));
        writer.Begin("pipeline_ledger_held", "gauge", "Values taken in and not yet given out.");
        foreach (var entry in ledger) writer.Add(entry.Held, ("stream", entry.Name));
    }

    private void WriteLag(PipelineSnapshot pipeline)
    {
        writer.Begin("pipeline_stage_lag_records", "gauge", "Records that a stage has not read yet.");
        foreach (var lag in pipeline.Lag) writer.Add(lag.Records, ("stage", lag.Stage), ("partition", $"{lag.Partition}"));
        writer.Begin("pipeline_stage_lag_seconds", "gauge", "Age of the oldest record that a stage has not read yet.");
        foreach (var lag in pipeline.Lag) writer.Add(lag.Seconds, ("stage", lag.Stage), ("partition", $"{lag.Partition}"));
    }

    private void WriteLive(LiveStats live, long droppedClients)
    {
        writer.Begin("pipeline_live_series", "gauge", "Series in the live read model.");
        writer.Add(live.Series);
        writer.Begin("pipeline_live_points", "gauge", "Results in the live read model.");
        writer.Add(live.Points);
        writer.Begin("pipeline_live_evicted_total", "counter", "Results that the live read model let go, by the bound that was reached.");
        writer.Add(live.EvictedByAge, ("bound", "age"));
        writer.Add(live.EvictedByPoints, ("bound", "points"));
        writer.Add(live.EvictedBySeries, ("bound", "series"));
        writer.Begin("pipeline_live_clients_dropped_total", "counter", "Live streams that were closed because their reader was too slow.");
        writer.Add(droppedClients);
    }

    private void WriteProcess(PipelineSnapshot pipeline)
    {
        writer.Begin("process_resident_memory_bytes", "gauge", "Resident memory.");
        writer.Add(Environment.WorkingSet);
        writer.Begin("process_cpu_seconds_total", "counter", "Time on a core, user and system.");
        writer.Add(Environment.CpuUsage.TotalTime.TotalSeconds);
        writer.Begin("process_start_time_seconds", "gauge", "When the process began, in Unix time.");
        writer.Add(pipeline.Started / 1000.0);
        if (pipeline.Configuration is { } configuration)
        {
            writer.Begin("pipeline_configuration_changes_total", "counter", "Changes of the configuration file since the start, by what became of them.");
            writer.Add(configuration.Applied, ("outcome", "applied"));
            writer.Add(configuration.Refused, ("outcome", "refused"));
            writer.Begin("pipeline_configuration_in_force", "gauge", "1 where what runs is what the configuration file says, 0 where the file is wrong or waits for a restart.");
            writer.Add(configuration.Reasons.Count == 0 ? 1 : 0);
        }
        writer.Begin("pipeline_info", "gauge", "Always 1; the labels tell what runs.");
        writer.Add(1, ("version", pipeline.Version), ("node", pipeline.Node));
    }
}
