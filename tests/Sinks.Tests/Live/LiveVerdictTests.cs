using System.Text.Json;
using Pipeline.Processing;
using Pipeline.Testing;

namespace Pipeline.Sinks.Tests;

public sealed class LiveVerdictTests
{
    private readonly TestTimeProvider _time = new();
    private readonly FixedStatus _status = new();
    private readonly ReadModel _model = new(new LiveOptions());

    [Fact]
    public void Verdict_is_computed_at_most_once_a_second()
    {
        var verdict = Make();
        for (var i = 0; i < 100; i++)
        {
            verdict.Read();
            _time.Advance(TimeSpan.FromMilliseconds(100));
        }
        Assert.Equal(10, _status.Reads);
    }

    [Fact]
    public void Verdict_follows_the_model()
    {
        var verdict = Make();
        Assert.Equal(Health.Unknown, verdict.Read().Health);
        _model.Apply(Some.Result());
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(Health.Healthy, verdict.Read().Health);
        using var json = JsonDocument.Parse(verdict.ReadJson());
        Assert.Equal(("healthy", 1, "2026-01-01T00:00:01.000Z"),
            (json.RootElement.GetProperty("verdict").GetString(), json.RootElement.GetProperty("dataAgeSeconds").GetDouble(), json.RootElement.GetProperty("time").GetString()));
    }

    private LiveVerdict Make() => new(_model, _status, new VerdictOptions(), _time);
}
