using Pipeline.Processing;

namespace Pipeline.Simulation.Tests;

/// <summary>All planted faults by name.</summary>
internal static class PlantedFaults
{
    public static IReadOnlyDictionary<string, PlantedFault> All { get; } = new Dictionary<string, PlantedFault>
    {
        ["outputs are appended before their progress"] = new AppendFault(IsStage, log => new OutputsBeforeProgress(log)),
        ["progress counts one output too few at a cut"] = new AppendFault(IsStage, log => new WrongProgress(log, p => p with { Outputs = p.Outputs > 0 ? p.Outputs - 1 : p.Outputs })),
        ["progress takes a cut append for a whole one"] = new AppendFault(IsStage, log => new WrongProgress(log, p => p with { Outputs = -1 })),
        ["output is repeated after a cut"] = new AppendFault(IsStage, log => new RepeatedOutput(log)),
        ["node sends again what may have been kept"] = new AppendFault(IsNode, log => new UnknownTakenForFailure(log)),
        ["stage sends again what may have been kept"] = new AppendFault(IsStage, log => new UnknownSentAgain(log)),
        ["zombie is not fenced"] = new AppendFault(IsStage, log => new NobodyFenced(log)),
        ["progress is looked for up to an end of a moment ago"] = new AppendFault(IsStage, log => new EndOfAMomentAgo(log)),
        ["node ticks too early"] = new AppendFault(IsNode, log => new WrongTick(log, t => t with { Time = t.Time + 500 })),
        ["rewind is one record short"] = new FlowFault(_ => (_, batch) => FlowFault.OneShort(batch)),
        ["rewind of a merge is one record short"] = new FlowFault(_ => (_, batch) => FlowFault.OneShort(batch), "merge"),
        ["baseline includes today"] = new FlowFault(_ => (_, batch) => batch.With(batch.Rewind, alter: r => r with { Baseline = (r.Baseline * r.BaselineDays + r.Mean) / (r.BaselineDays + 1) }), "merge"),
        ["rewind takes the watermark of now"] = new FlowFault(start =>
        {
            var notes = new InputNotes(start);
            return (slice, batch) =>
            {
                notes.Take(slice);
                return batch.With(batch.Rewind with { Watermark = notes.Watermark });
            };
        }),
        ["rewind goes to the slice that is first in time, not in the log"] = new FlowFault(start =>
        {
            var notes = new InputNotes(start);
            return (slice, batch) =>
            {
                notes.Take(slice);
                return batch.With(notes.EarliestInTime(batch.Rewind));
            };
        }),
        ["rewind decides by the settings of now"] = new RulesFault(),
        ["rewind forgets what was seen"] = new FlowFault(_ => (_, batch) => batch.With(batch.Rewind with { Sequences = null })),
        ["late sample is dropped uncounted"] = new FlowFault(_ => (_, batch) => batch.With(batch.Rewind, to => to.Topic != "late")),
        ["observation from the future is believed"] = new OptionsFault(o => o with { MaxFuture = TimeSpan.FromMinutes(10) }),
        ["quiet node is left out too early"] = new OptionsFault(o => o with { QuietAfter = o.QuietAfter / 2 }),
        ["cut input is finished under other windows"] = new ChangeFault(c => c with { Then = null }),
        ["changed window reads nothing again"] = new ChangeFault(c => c with { MaxFuture = long.MinValue / 2 }),
        ["tick says that a window is whole that is not"] = new AppendFault(IsStage, log => new WrongTick(log, t => t with { Since = t.Since?.ToDictionary(s => s.Key, _ => 0L) })),
        ["tick does not tell of changed windows"] = new AppendFault(IsStage, log => new WrongTick(log, t => t.Since?.Values.Any(s => s > 0) == true ? t with { Since = null } : t)),
        ["sink's progress is ahead of its writes"] = new SinkFault(influx => new HastyInflux(influx)),
    };

    private static bool IsStage(string job) => job is "windows" or "merge";

    private static bool IsNode(string job) => job == "node";

    private sealed class RulesFault : PlantedFault
    {
        public override Flow Flow(Flow flow) => flow with { Build = (slices, start) => flow.Build(slices, start with { Progress = start.Progress is { } last ? last with { Rules = null } : null }) };
    }

    private sealed class OptionsFault(Func<ProcessingOptions, ProcessingOptions> alter) : PlantedFault
    {
        public override ProcessingOptions Options(ProcessingOptions options) => alter(options);
    }
}
