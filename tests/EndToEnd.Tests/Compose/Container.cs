using System.Text.Json;

namespace Pipeline.EndToEnd.Tests.Compose;

/// <summary>A container as the engine lists it.</summary>
/// <param name="Address">Where this machine reaches it; empty while it does not run.</param>
/// <param name="Listeners">The addresses of this machine that lead to it.</param>
internal sealed record Container(string Name, string Service, bool IsHealthy, string Address, IReadOnlyList<string> Listeners)
{
    public static Container Read(JsonElement json) => new(
        json.GetProperty("Names")[0].GetString()!.TrimStart('/'),
        json.GetProperty("Labels").TryGetProperty("com.docker.compose.service", out var service) ? service.GetString()! : "",
        json.GetProperty("Status").GetString()!.EndsWith("(healthy)", StringComparison.Ordinal),
        json.GetProperty("NetworkSettings").GetProperty("Networks").EnumerateObject().Select(n => n.Value.GetProperty("IPAddress").GetString()!).FirstOrDefault(""),
        [.. json.GetProperty("Ports").EnumerateArray().Where(p => p.TryGetProperty("PublicPort", out _)).Select(p => p.GetProperty("IP").GetString()!)]);
}
