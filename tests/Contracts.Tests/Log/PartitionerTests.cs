namespace Pipeline.Contracts.Tests;

/// <summary>Expected values are those of org.apache.kafka.common.utils.Utils of kafka-clients 4.2.0: toPositive(murmur2(key)).</summary>
public sealed class PartitionerTests
{
    public static TheoryData<string, int> Vectors => new()
    {
        { "", 275646681 },
        { "61", 584102524 },
        { "6162", 316155434 },
        { "616263", 479470107 },
        { "61626364", 823834100 },
        { "6162636465", 461995741 },
        { "6b61666b61", 1348980580 },
        { "3231", 1173551340 },
        { "666f6f626172", 1357151166 },
        { "612d6c6974746c652d6269742d6c6f6e672d737472696e67", 1161502112 },
        { "612d6c6974746c652d6269742d6c6f6e6765722d737472696e67", 661178819 },
        { "6c6b6a683233346c68396669756839307932336f697568736166756a6861646f66323239706872396831396838396838", 2088585677 },
        { "c3a9", 186971271 },
        { "e697a5e69cace8aa9e", 1431860170 },
        { "f09f9a80", 761778625 },
        { "3132372e302e302e313a38303830", 149984460 },
        { "f3", 2076479304 },
        { "d89c", 4774570 },
        { "ef0efb", 1430671271 },
        { "92f9cd68", 1409828489 },
        { "fcccac35f0", 138892185 },
        { "e5f1ac55dd85", 469477763 },
        { "d5d9bef7e808f3", 406410844 },
        { "f2e5900192b89927", 1021149885 },
        { "ba5bb5f6fe1bda28b4", 1188157500 },
        { "ffffffffffffff", 2076190099 },
        { "00000000", 850957120 },
    };

    [Theory]
    [MemberData(nameof(Vectors))]
    public void Key_goes_to_the_partition_that_Kafka_gives_it(string key, int hash)
    {
        foreach (var partitions in new[] { 1, 2, 3, 7, 12, 100, int.MaxValue })
            Assert.Equal(hash % partitions, Partitioner.Of(Convert.FromHexString(key), partitions));
    }
}
