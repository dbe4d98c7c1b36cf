using System.Runtime.InteropServices;
using Confluent.Kafka;
using Pipeline.Transport.Kafka;

namespace Pipeline.Transport.Tests.Kafka;

public sealed class LibrdkafkaTests
{
    [Fact]
    public void Our_calls_go_to_the_one_library_that_the_client_has_loaded()
    {
        Assert.True(Library.Version > 0);
        Librdkafka.HeadersDestroy(Librdkafka.HeadersNew(1));
        Assert.Single(File.ReadLines("/proc/self/maps").Where(l => l.Contains("librdkafka.so", StringComparison.Ordinal)).Select(l => l[l.IndexOf('/', StringComparison.Ordinal)..]).Distinct());
    }

    [Fact]
    public void Other_libraries_are_left_to_the_runtime() =>
        Assert.Equal(0, Librdkafka.Resolve("libc", typeof(LibrdkafkaTests).Assembly, DllImportSearchPath.SafeDirectories));
}
