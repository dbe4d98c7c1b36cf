using System.Threading.Channels;

namespace Pipeline.Sinks;

/// <summary>One reader of the stream and its queue.</summary>
internal sealed class LiveClient(int maxQueue) : IDisposable
{
    private readonly Channel<ReadOnlyMemory<byte>> _frames = Channel.CreateBounded<ReadOnlyMemory<byte>>(maxQueue);
    private readonly CancellationTokenSource _dropped = new();

    /// <summary>Ends when the stream does.</summary>
    public ChannelReader<ReadOnlyMemory<byte>> Frames => _frames.Reader;

    /// <summary>Cancelled when the client was too slow.</summary>
    public CancellationToken Dropped => _dropped.Token;

    /// <summary>False when the queue is full.</summary>
    public bool Offer(ReadOnlyMemory<byte> frame) => _frames.Writer.TryWrite(frame);

    public void Drop() => _dropped.Cancel();

    public void End() => _frames.Writer.TryComplete();

    public void Dispose() => _dropped.Dispose();
}
