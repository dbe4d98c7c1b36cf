using System.IO.Compression;
using Pipeline.Contracts;
using Pipeline.Testing;
using Pipeline.Transport.Recordings;

namespace Pipeline.Transport.Tests;

public sealed class BlockFuzzTests
{
    private const int Inputs = 1_000_000;

    /// <summary>Packed after the damage, so that neither checksum nor packing shows it: a writer that errs.</summary>
    [Fact]
    public void Damaged_blocks_are_each_read_or_refused()
    {
        var sound = new[] { 1, 2, 20, 200 }.Select(Sound).ToList();
        var (mutator, random) = (new Mutator(1, [.. sound.Select(s => s.Unpacked)]), new Random(1));
        var (read, refused, block, slice, packed) = (0, 0, new Block(), new LogSlice(), new byte[1 << 16]);
        for (var i = 0; i < Inputs; i++)
        {
            var unpacked = mutator.Next();
            Assert.True(BrotliEncoder.TryCompress(unpacked, packed, out var length, quality: 0, window: 10));
            var header = sound[random.Next(sound.Count)].Header with { Unpacked = unpacked.Length };
            try
            {
                block.Unpack(packed.AsSpan(0, length), header);
                for (block.Begin(slice, new TopicPartition("a", 0)); block.HasEntry;) block.MoveTo(slice);
                if (slice.Count != header.Count) Assert.Fail($"Block {i} has {slice.Count} records, and says {header.Count}.");
                for (var j = 0; j < slice.Count; j++)
                    if (slice[j].Offset < header.First || slice[j].Offset >= header.Next) Assert.Fail($"Block {i} has a record of another.");
                read++;
            }
            catch (FormatException)
            {
                refused++;
            }
        }
        Assert.True(read > Inputs / 100 && refused > Inputs / 100, $"{read} read, {refused} refused: this proves little.");
    }

    private static (byte[] Unpacked, BlockHeader Header) Sound(int records)
    {
        var (slices, buffer) = (new SliceBuilder("a"), new BlockBuffer(0, 0));
        for (var i = 0; i < records; i++) slices.Add($"k{i % 3}", new string('v', i % 17), 1_700_000_000_000 + i * 37);
        for (var (slice, i) = (slices.Build(), 0); i < slice.Count; i++) buffer.Add(slice[i]);
        var block = buffer.Pack();
        var header = BlockHeader.Read(block);
        var unpacked = new byte[header.Unpacked];
        Assert.True(BrotliDecoder.TryDecompress(block.AsSpan(BlockHeader.Bytes), unpacked, out _));
        return (unpacked, header);
    }
}
