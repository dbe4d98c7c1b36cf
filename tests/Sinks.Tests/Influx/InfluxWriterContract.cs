using Pipeline.Sinks.Influx;
using Pipeline.Testing;

namespace Pipeline.Sinks.Tests.Influx;

/// <summary>What every writer must do, shown on a real InfluxDB.</summary>
public sealed class InfluxWriterContract
{
    private static readonly long Now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() * 1000;

    /// <summary>A measurement of our own, for a server that keeps those of earlier runs.</summary>
    private readonly string _m = "test_" + Guid.NewGuid().ToString("N");

    public static TheoryData<string> All => [.. InfluxUnderTest.All];
    public static TheoryData<string> Own => [.. InfluxUnderTest.Own];

    [InfluxTheory, MemberData(nameof(All))]
    public async Task Good_lines_are_stored_at_their_milliseconds(string writer)
    {
        await using var influx = await InfluxUnderTest.OpenAsync(writer);

        Assert.Equal(InfluxOutcome.Stored, (await influx.WriteAsync($"{_m},host=a v=1.5 {Now + 123}\n{_m},host=b v=2 {Now + 123}\n")).Outcome);
        Assert.Equal((Now + 123) * 1_000_000, Assert.Single(await influx.RowsAsync($"SELECT v FROM {_m} WHERE host='a'"))[0].GetInt64());
    }

    [InfluxTheory, MemberData(nameof(All))]
    public async Task Writing_again_changes_nothing(string writer)
    {
        await using var influx = await InfluxUnderTest.OpenAsync(writer);
        for (var i = 0; i < 3; i++) Assert.Equal(InfluxOutcome.Stored, (await influx.WriteAsync($"{_m},host=a v=1 {Now}\n")).Outcome);

        Assert.Single(await influx.RowsAsync($"SELECT v FROM {_m}"));
    }

    [InfluxTheory, MemberData(nameof(All))]
    public async Task A_malformed_line_is_refused_with_the_servers_words(string writer)
    {
        await using var influx = await InfluxUnderTest.OpenAsync(writer);
        var answer = await influx.WriteAsync($"{_m} v=1 {Now}\n{_m} v=NaN {Now + 1}\n");

        Assert.Equal(InfluxOutcome.Refused, answer.Outcome);
        Assert.Contains($"{_m} v=NaN {Now + 1}", answer.Words, StringComparison.Ordinal);
    }

    [InfluxTheory, MemberData(nameof(All))]
    public async Task A_conflict_of_types_is_refused_and_the_others_are_stored(string writer)
    {
        await using var influx = await InfluxUnderTest.OpenAsync(writer);
        await influx.WriteAsync($"{_m} v=1 {Now}\n");
        var answer = await influx.WriteAsync($"{_m} v=\"text\" {Now + 1}\n{_m} v=2 {Now + 2}\n");

        Assert.Equal((InfluxOutcome.Refused, 1), (answer.Outcome, answer.Dropped));
        Assert.Equal((_m, "v"), InfluxWords.ConflictIn(answer.Words));
        Assert.Equal(2, (await influx.RowsAsync($"SELECT v FROM {_m}")).Count);
    }

    [InfluxTheory, MemberData(nameof(Own))]
    public async Task A_server_that_is_away_is_an_answer_and_so_is_its_return(string writer)
    {
        await using var influx = await InfluxUnderTest.OpenAsync(writer);
        await influx.Server!.KillAsync();
        Assert.Equal(InfluxOutcome.Unavailable, (await influx.WriteAsync($"{_m} v=1 {Now}\n")).Outcome);
        await influx.Server.StartAgainAsync();
        Assert.Equal(InfluxOutcome.Stored, (await influx.WriteAsync($"{_m} v=1 {Now}\n")).Outcome);
    }

    [InfluxTheory, MemberData(nameof(Own))]
    public async Task Nobody_at_the_address_is_an_answer(string writer)
    {
        await using var nobody = InfluxUnderTest.OpenNobody(writer);

        Assert.Equal(InfluxOutcome.Unavailable, (await nobody.WriteAsync("m v=1\n")).Outcome);
    }

    [InfluxTheory, MemberData(nameof(All))]
    public async Task An_unknown_database_is_no_fault_of_the_points(string writer)
    {
        await using var influx = await InfluxUnderTest.OpenAsync(writer, exists: false);

        Assert.Equal(InfluxOutcome.Unavailable, (await influx.WriteAsync("m v=1\n")).Outcome);
    }

    [InfluxTheory, MemberData(nameof(All))]
    public async Task A_password_or_token_that_the_server_does_not_know_is_no_fault_of_the_points_and_nothing_is_stored(string writer)
    {
        await using var influx = await InfluxUnderTest.OpenAsync(writer, isKnown: false);
        var answer = await influx.WriteAsync($"{_m} v=1 {Now}\n");

        Assert.Equal(InfluxOutcome.Unavailable, answer.Outcome);
        Assert.StartsWith("401 ", answer.Words, StringComparison.Ordinal);
        Assert.Empty(await influx.RowsAsync($"SELECT v FROM {_m}"));
    }
}
