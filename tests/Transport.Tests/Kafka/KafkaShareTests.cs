using System.Collections.Concurrent;
using Pipeline.Contracts;
using Pipeline.Testing;
using Pipeline.Transport.Kafka;

namespace Pipeline.Transport.Tests.Kafka;

[Collection(KafkaTests.Name), Trait("Needs", "kafka")]
public sealed class KafkaShareTests(KafkaFixture kafka) : IAsyncLifetime
{
    private const int Partitions = 4;

    private readonly Topics _topics = new($"t{Guid.NewGuid():N}-");
    private KafkaLog? _log;

    private KafkaOptions Options => new() { Servers = kafka.Server.Servers, DeadAfter = TimeSpan.FromSeconds(3) };

    public async Task InitializeAsync()
    {
        _log = new KafkaLog(Options, _topics, [new TopicSpec(_topics.Members, 1, TimeSpan.FromHours(1), 1 << 20)], TimeProvider.System, _ => { });
        await _log.CreateTopicsAsync();
    }

    public async Task DisposeAsync() => await _log!.DisposeAsync();

    [Fact]
    public async Task Members_share_all_partitions_between_them_and_who_leaves_gives_up_its_own()
    {
        await using var first = new Member(_log!, _topics, Options);
        await Eventually.Holds("the first does all", () => first.Running.Count == Partitions);
        var second = new Member(_log!, _topics, Options);
        await Eventually.Holds("both do half", () => first.Running.Count == Partitions / 2 && second.Running.Count == Partitions / 2);
        Assert.Equal(Enumerable.Range(0, Partitions), first.Running.Concat(second.Running).Order());
        Assert.Equal(first.Running.Order(), first.Share.Mine("work")!.Order());
        await second.DisposeAsync();
        Assert.Empty(second.Running);
        await Eventually.Holds("the first does all again", () => first.Running.Count == Partitions);
    }

    [Fact]
    public async Task Work_without_the_topic_of_its_members_ends_with_the_reason_instead_of_waiting_for_ever()
    {
        await using var share = new KafkaShare(_log!, "self", new Topics($"t{Guid.NewGuid():N}-"), Options, TimeProvider.System);
        await Assert.ThrowsAsync<UnknownTopicException>(() => share.RunAsync("work", Partitions, (_, _) => Task.CompletedTask, CancellationToken.None));
    }

    /// <summary>One process of several.</summary>
    private sealed class Member : IAsyncDisposable
    {
        private readonly ConcurrentDictionary<int, bool> _running = [];
        private readonly CancellationTokenSource _stop = new();
        private readonly Task _work;

        public Member(KafkaLog log, Topics topics, KafkaOptions options)
        {
            Share = new KafkaShare(log, $"{Guid.NewGuid():N}", topics, options, TimeProvider.System);
            _work = Share.RunAsync("work", Partitions, RunAsync, _stop.Token);
        }

        public KafkaShare Share { get; }
        public ICollection<int> Running => _running.Keys;

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            await _work;
            await Share.DisposeAsync();
            _stop.Dispose();
        }

        private async Task RunAsync(int partition, CancellationToken mine)
        {
            _running[partition] = true;
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, mine).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _running.TryRemove(partition, out _);
        }
    }
}
