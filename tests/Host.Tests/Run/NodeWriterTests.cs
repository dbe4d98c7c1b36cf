using Pipeline.Contracts;
using Pipeline.Host.Run;

namespace Pipeline.Host.Tests.Run;

public sealed class NodeWriterTests
{
    private readonly FakeWriters _log = new();
    private readonly NodeWriter _writer;

    public NodeWriterTests() => _writer = new NodeWriter(_log, "n1");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Append_after_one_that_ended_the_writer_is_taken_by_another(bool isOutcomeKnown)
    {
        Exception reason = isOutcomeKnown ? new LogUnavailableException("away") : new OutcomeUnknownException("silent");
        _log.Fails = reason;
        Assert.Same(reason, await Assert.ThrowsAnyAsync<Exception>(Append));
        (_log.Fails, _log.UntilOpened) = (new FencedException("n1", reason), true);
        await Append();
        Assert.Equal(2, _log.Opened);
    }

    [Fact]
    public async Task Writer_that_another_process_has_taken_over_says_so_and_the_next_append_opens_one()
    {
        await Append();
        _log.Fails = new FencedException("n1");
        _log.UntilOpened = true;
        Assert.Contains("Another process writes as node 'n1'", (await Assert.ThrowsAsync<LogUnavailableException>(Append)).Message, StringComparison.Ordinal);
        await Append();
        Assert.Equal(2, _log.Opened);
    }

    [Fact]
    public async Task Writer_that_ends_at_once_again_is_not_tried_for_ever()
    {
        _log.Fails = new FencedException("n1", new LogUnavailableException("away"));
        await Assert.ThrowsAsync<LogUnavailableException>(Append);
        Assert.Equal(2, _log.Opened);
    }

    private Task Append() => _writer.AppendAsync(new RecordBatch(), default).AsTask();

    /// <summary>Writers that fail as they are told to.</summary>
    private sealed class FakeWriters : ILogWriters, ILogWriter
    {
        public int Opened { get; private set; }
        public Exception? Fails { get; set; }

        /// <summary>The next writer that is opened does not fail.</summary>
        public bool UntilOpened { get; set; }

        public ValueTask<ILogWriter> OpenAsync(string name, CancellationToken abort)
        {
            Opened++;
            if (UntilOpened) (Fails, UntilOpened) = (null, false);
            return ValueTask.FromResult<ILogWriter>(this);
        }

        public ValueTask<long> EndAsync(TopicPartition partition, CancellationToken abort) => throw new NotSupportedException();

        public ValueTask AppendAsync(RecordBatch batch, CancellationToken abort) => Fails is null ? ValueTask.CompletedTask : ValueTask.FromException(Fails);
    }
}
