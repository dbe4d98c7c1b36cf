using System.Text.Json.Serialization;

namespace Pipeline.Contracts;

/// <summary>
/// How far a stage is on one input partition, written in the same atomic append as the outputs it speaks of.
/// </summary>
/// <param name="Stage">The stage or sink.</param>
/// <param name="Partition">The partition of its input.</param>
/// <param name="RewindTo">The offset of the earliest input that an open window still needs.</param>
/// <param name="AtRewind">The watermark as it stood before that input, so that a rewind decides alike.</param>
/// <param name="PublishedThrough">The offset of the last input whose outputs are out.</param>
/// <param name="Outputs">How many outputs of that input are out; -1 where all of them are.</param>
/// <param name="MaxTime">The latest event time accepted up to <paramref name="PublishedThrough"/>, Unix milliseconds.</param>
/// <param name="Since">By window definition, the event time from which its windows are whole, Unix milliseconds. A definition added later starts later.</param>
/// <param name="Sequences">
/// What had been seen before <paramref name="RewindTo"/> of the sources that number their observations, from the one unheard for the longest to
/// the one heard last; absent where there are none.
/// </param>
public sealed record Progress(
    string Stage, int Partition, long RewindTo, WatermarkRecord AtRewind, long PublishedThrough, int Outputs, long MaxTime,
    IReadOnlyDictionary<string, long> Since,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<SeenSequences>? Sequences = null)
{
    /// <summary>The watermark after <see cref="PublishedThrough"/>, or earlier where an append was cut, Unix milliseconds; absent where nobody asks for it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Reached { get; init; }

    /// <summary>
    /// What decides what becomes of an input, each from an input on, in order, as far back as a rewind reads; the first is that of all before it
    /// too. Absent where nothing is decided by settings.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<InputRules>? Rules { get; init; }

    /// <summary>The input after which the windows were changed, as long as no tick has named them; absent at other times.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? ChangedAfter { get; init; }

    /// <summary>By window definition, what it has read again and still holds; absent where none does.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, Rebuild>? Rebuilds { get; init; }

    /// <summary>By window definition, which nodes have named it before <see cref="RewindTo"/>; absent where all have.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, NamedWindow>? Named { get; init; }
}

/// <summary>The settings that decide what becomes of an input: a rewind must decide by those of the first time.</summary>
/// <param name="From">The first input that they hold for.</param>
/// <param name="MaxFuture">How far a record may be ahead of the log's clock, milliseconds.</param>
/// <param name="QuietAfter">Milliseconds of log time after which a node that is not heard, while others are, is left out.</param>
/// <param name="MaxSources">Of how many sources it is known what they have sent.</param>
public sealed record InputRules(long From, long MaxFuture, long QuietAfter, int MaxSources);

/// <summary>The watermark of a partition and the promises behind it.</summary>
/// <param name="Time">Event time, Unix milliseconds. Nothing older comes in time.</param>
/// <param name="Promises">One of each node that is heard.</param>
public sealed record WatermarkRecord(long Time, IReadOnlyList<NodePromise> Promises);

/// <summary>What a node promised last.</summary>
/// <param name="Node">The name of the node.</param>
/// <param name="Promise">It sends nothing older than this, Unix milliseconds.</param>
/// <param name="Heard">When the log took that tick, Unix milliseconds.</param>
public sealed record NodePromise(string Node, long Promise, long Heard);

/// <summary>Which sequences of one source have been seen.</summary>
/// <param name="Source">The source.</param>
/// <param name="Highest">The highest sequence.</param>
/// <param name="Seen">A bit for each sequence from the highest down, beginning with the lowest bit of the first byte; in Base64.</param>
public sealed record SeenSequences(string Source, long Highest, byte[] Seen);
