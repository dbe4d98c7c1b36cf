using Pipeline.Contracts;
using Pipeline.Testing;

namespace Pipeline.Processing.Tests.Flows;

public sealed class RulesByInputTests
{
    private static readonly ProcessingOptions Old = new() { MaxFuture = TimeSpan.FromSeconds(9), QuietAfter = TimeSpan.FromSeconds(5), MaxSources = 7 };
    private static readonly InputRules OldRules = new(0, 9000, 5000, 7);

    [Fact]
    public void Settings_hold_from_the_very_beginning_where_nothing_was_decided_before()
    {
        foreach (var progress in new[] { null, Written(20, null), Written(20, []) })
        {
            var rules = new RulesByInput(Old, progress);
            Assert.Equal(OldRules, rules.At(0));
            Assert.Equal([OldRules], rules.Since(15));
        }
    }

    [Fact]
    public void Changed_settings_hold_from_the_first_input_that_is_not_published()
    {
        foreach (var now in new[] { Old with { MaxFuture = TimeSpan.FromSeconds(1) }, Old with { QuietAfter = TimeSpan.FromSeconds(6) }, Old with { MaxSources = 8 } })
        {
            var rules = new RulesByInput(now, Written(20, [OldRules]));
            var changed = new InputRules(21, (long)now.MaxFuture.TotalMilliseconds, (long)now.QuietAfter.TotalMilliseconds, now.MaxSources);
            Assert.Equal([OldRules, OldRules, changed, changed], new long[] { 3, 20, 21, 99 }.Select(rules.At));
            Assert.Equal([OldRules, changed], rules.Since(20));
            Assert.Equal([changed], rules.Since(21));
        }
    }

    [Fact]
    public void Settings_that_stay_as_they_were_go_on_from_where_they_began()
    {
        InputRules[] before = [OldRules with { From = 3, MaxSources = 1 }, OldRules with { From = 10 }];
        var rules = new RulesByInput(Old, Written(20, before));
        Assert.Equal(before, rules.Since(5));
        Assert.Equal(before[0], rules.At(0)); // older ones are forgotten, with what they decided
        Assert.Equal([before[1]], rules.Since(1000));
    }

    [Fact]
    public void Settings_changed_twice_before_anything_was_published_are_the_last_ones()
    {
        var rules = new RulesByInput(Old, Written(20, [OldRules with { MaxSources = 1 }, OldRules with { From = 21, MaxSources = 2 }]));
        Assert.Equal([1, 7], new long[] { 20, 21 }.Select(offset => rules.At(offset).MaxSources));
    }

    [Fact]
    public void Rewind_decides_by_the_settings_of_the_first_time()
    {
        (string Json, long Time)[] records =
        [
            (Tick("dead", 1000), 1000), ("""{"kind":"load","time":2000,"labels":{"host":"a"},"values":{"value":1}}""", 2000), (Tick("live", 12_000), 12_000), (Tick("live", 13_000), 13_000),
        ];
        var first = Run(Old with { QuietAfter = TimeSpan.FromSeconds(60) }, null, records[..3]);
        Assert.Equal((0, 1), (first.Results, first.Rewind.Offset)); // the dead one is waited for

        var again = Run(Old, first.Rewind.Progress("windows", 0, publishedThrough: 2, outputs: -1), records[1..]);
        Assert.Equal((1, 3), (again.Results, again.Cause)); // and not 2, whose outputs count as published
    }

    private static (int Results, long Cause, RewindPoint Rewind) Run(ProcessingOptions options, Progress? progress, (string Json, long Time)[] records)
    {
        var window = new WindowOptions { Name = "w", Metric = "load.value", Size = TimeSpan.FromSeconds(10), By = ["host"], Lateness = TimeSpan.Zero };
        var keyLabels = new Dictionary<string, string> { ["load"] = "host" };
        var flows = new WindowFlows(WindowPlan.Of([window], keyLabels), new Topics(), 1, options, new Ledger()) { KeyLabels = keyLabels };
        var (results, cause, rewind, batch) = (0, -1L, (RewindPoint?)null, new RecordBatch());
        using var slices = new System.Reactive.Subjects.Subject<LogSlice>();
        using var flow = flows.Windows.Build(slices, new FlowStart(0, progress)).Subscribe(output =>
        {
            rewind = output.Rewind;
            foreach (var run in output.Runs)
            {
                for (var i = 0; i < run.Outputs.Count; i++) run.Outputs.Write(i, batch);
                if (batch.Count > 0 && batch[^1].To.Topic == "windows") (results, cause) = (results + 1, run.Cause);
            }
        });
        var slice = new SliceBuilder("observations") { From = progress?.RewindTo ?? 0 };
        foreach (var (json, time) in records) slice.Add("k", json, time);
        slices.OnNext(slice.Build());
        return (results, cause, rewind!);
    }

    private static string Tick(string node, long time) => $$"""{"kind":"tick","source":"{{node}}","time":{{time}}}""";

    private static Progress Written(long through, IReadOnlyList<InputRules>? rules) =>
        new("windows", 0, 10, Watermark.None, through, -1, 0, new Dictionary<string, long>()) { Rules = rules };
}
