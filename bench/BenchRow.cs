using System.Text.Json;

namespace Pipeline.Bench;

/// <summary>A measured figure beside that of a peer in the same run.</summary>
public sealed record BenchRow(string Name, string What, double Ours, double Peer, string PeerName, string Unit)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public string ToJson() => JsonSerializer.Serialize(new { Name, What, Ours, Peer, PeerName, Ratio = Math.Round(Ours / Peer, 2), Unit }, Json);
}
