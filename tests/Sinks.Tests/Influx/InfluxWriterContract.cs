using System.Text;
using Pipeline.Sinks.Influx;
using Pipeline.Testing;

namespace Pipeline.Sinks.Tests.Influx;

/// <summary>What every writer must do, shown on a real InfluxDB.</summary>
public abstract class InfluxWriterContract
{
    protected const string Database = "pipe";

    [InfluxFact]
    public Task Good_lines_are_stored_at_their_milliseconds() => RunAsync(async (write, influx) =>
    {
        Assert.Equal(InfluxOutcome.Stored, (await write("m,host=a v=1.5 1700000000123\nm,host=b v=2 1700000000123\n")).Outcome);
        var row = (await influx.QueryAsync(Database, "SELECT * FROM m WHERE host='a'")).GetProperty("series")[0].GetProperty("values")[0];
        Assert.Equal(1_700_000_000_123_000_000, row[0].GetInt64());
    });

    [InfluxFact]
    public Task Writing_again_changes_nothing() => RunAsync(async (write, influx) =>
    {
        for (var i = 0; i < 3; i++) Assert.Equal(InfluxOutcome.Stored, (await write("m,host=a v=1 1700000000000\n")).Outcome);
        Assert.Equal(1, await CountAsync(influx, "m"));
    });

    [InfluxFact]
    public Task A_malformed_line_is_refused_with_the_servers_words() => RunAsync(async (write, _) =>
    {
        var answer = await write("m v=1 1700000000000\nm v=NaN 1700000000001\n");

        Assert.Equal(InfluxOutcome.Refused, answer.Outcome);
        Assert.Contains("m v=NaN 1700000000001", answer.Words, StringComparison.Ordinal);
    });

    [InfluxFact]
    public Task A_conflict_of_types_is_refused_and_the_others_are_stored() => RunAsync(async (write, influx) =>
    {
        await write("m v=1 1700000000000\n");
        var answer = await write("m v=\"text\" 1700000000001\nm v=2 1700000000002\n");

        Assert.Equal((InfluxOutcome.Refused, 1), (answer.Outcome, answer.Dropped));
        Assert.Equal(("m", "v"), InfluxWords.ConflictIn(answer.Words));
        Assert.Equal(2, await CountAsync(influx, "m"));
    });

    [InfluxFact]
    public Task A_server_that_is_away_is_an_answer_and_so_is_its_return() => RunAsync(async (write, influx) =>
    {
        await influx.KillAsync();
        Assert.Equal(InfluxOutcome.Unavailable, (await write("m v=1 1700000000000\n")).Outcome);
        await influx.StartAgainAsync();
        Assert.Equal(InfluxOutcome.Stored, (await write("m v=1 1700000000000\n")).Outcome);
    });

    [InfluxFact]
    public async Task An_unknown_database_is_no_fault_of_the_points()
    {
        await using var influx = await InfluxServer.StartAsync();
        await using var open = await OpenAsync(influx);

        Assert.Equal(InfluxOutcome.Unavailable, (await open.Writer.WriteAsync("m v=1\n"u8.ToArray(), default)).Outcome);
    }

    /// <summary>A writer to the database, and what goes when it goes.</summary>
    protected abstract Task<OpenWriter> OpenAsync(InfluxServer influx);

    private async Task RunAsync(Func<Func<string, Task<InfluxAnswer>>, InfluxServer, Task> test)
    {
        await using var influx = await InfluxServer.StartAsync(Database);
        await using var open = await OpenAsync(influx);
        await test(lines => open.Writer.WriteAsync(Encoding.UTF8.GetBytes(lines), default), influx);
    }

    private static async Task<int> CountAsync(InfluxServer influx, string measurement) =>
        (await influx.QueryAsync(Database, $"SELECT count(v) FROM {measurement}")).GetProperty("series")[0].GetProperty("values")[0][1].GetInt32();

    protected sealed record OpenWriter(InfluxHttpWriter Writer, IAsyncDisposable? StandIn = null) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            Writer.Dispose();
            if (StandIn is not null) await StandIn.DisposeAsync();
        }
    }
}
