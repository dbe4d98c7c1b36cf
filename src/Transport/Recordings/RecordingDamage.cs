using System.Globalization;

namespace Pipeline.Transport.Recordings;

/// <summary>Where a recording can be read no further.</summary>
/// <param name="Position">The byte at which the first block begins that is not what was written.</param>
/// <param name="Records">How many records stand before it.</param>
/// <param name="Problem">What is wrong, in words.</param>
public sealed record RecordingDamage(long Position, long Records, string Problem)
{
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"it can be read up to byte {Position}, which is {Records} records: {Problem}");
}

/// <summary>A recording is not what was written.</summary>
public sealed class RecordingDamagedException(string path, RecordingDamage damage)
    : Exception($"{path}: {damage}. Record again, or take another copy of the file.");
