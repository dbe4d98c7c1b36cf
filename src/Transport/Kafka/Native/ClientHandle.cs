using System.Reflection;
using System.Runtime.InteropServices;
using Confluent.Kafka;

namespace Pipeline.Transport.Kafka;

/// <summary>The native client inside one of Confluent.Kafka's. It keeps that to itself, so it is looked up by name, once.</summary>
internal static class ClientHandle
{
    private static readonly PropertyInfo Native =
        typeof(Handle).GetProperty("LibrdkafkaHandle", BindingFlags.Instance | BindingFlags.NonPublic)
        ?? throw new MissingMemberException(nameof(Handle), "LibrdkafkaHandle");

    /// <summary>Valid as long as the client is.</summary>
    public static nint Of(IClient client) => ((SafeHandle)Native.GetValue(client.Handle)!).DangerousGetHandle();
}
