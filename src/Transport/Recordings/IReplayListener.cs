using Pipeline.Contracts;

namespace Pipeline.Transport.Recordings;

/// <summary>Told of every record that the flows of a replay publish, in an order that depends on the recording and the configuration alone.</summary>
public interface IReplayListener
{
    void OnPublished(in PendingRecord record);
}
