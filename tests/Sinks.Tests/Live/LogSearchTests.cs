using FsCheck;
using FsCheck.Fluent;
using Pipeline.Contracts;
using Pipeline.Testing;

namespace Pipeline.Sinks.Tests;

public sealed class LogSearchTests
{
    private static readonly TopicPartition Partition = new("t", 0);

    [Fact]
    public void Offset_of_a_time_is_that_of_the_first_record_taken_then_or_later() =>
        Prop.ForAll(Gen.Choose(0, 3).ArrayOf().ToArbitrary(), Gen.Choose(-2, 60).ToArbitrary(), (pauses, second) =>
        {
            var time = new TestTimeProvider();
            var log = new InMemoryLog([new TopicSpec("t", 1, TimeSpan.MaxValue, long.MaxValue)], time) { SliceRecords = () => 3 };
            var writer = log.OpenAsync("w", default).AsTask().Result;
            var taken = new List<long>();
            foreach (var pause in pauses)
            {
                time.Advance(TimeSpan.FromSeconds(pause));
                taken.Add(time.UnixMilliseconds());
                writer.Append(Partition, "k", "v").Wait();
            }
            var at = Some.Now + second * 1000;
            var found = log.OffsetAtAsync(Partition, new PartitionState(0, pauses.Length, 0), at, default).AsTask().Result;
            return found == taken.Count(t => t < at);
        }).QuickCheckThrowOnFailure();
}
