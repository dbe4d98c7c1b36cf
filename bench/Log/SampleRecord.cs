namespace Pipeline.Bench.Log;

/// <summary>What every log here is given.</summary>
public static class SampleRecord
{
    public const int Bytes = 150;

    public static byte[] Key { get; } = Enumerable.Range(0, 20).Select(i => (byte)('a' + i)).ToArray();
    public static byte[] Value { get; } = Enumerable.Range(0, Bytes - 20).Select(i => (byte)i).ToArray();
}
