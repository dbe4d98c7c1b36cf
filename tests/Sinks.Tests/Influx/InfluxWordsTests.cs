using Pipeline.Sinks.Influx;

namespace Pipeline.Sinks.Tests.Influx;

/// <summary>Answers as InfluxDB 1.6.7, 2.7.12 and 3 gave them.</summary>
public sealed class InfluxWordsTests
{
    [Theory]
    [InlineData(204, "", InfluxOutcome.Stored, 0)]
    [InlineData(400, """{"error":"partial write: unable to parse 'x y': invalid field format dropped=0"}""", InfluxOutcome.Refused, 0)]
    [InlineData(400, """{"error":"unable to parse 'x': missing fields"}""", InfluxOutcome.Refused, 0)]
    [InlineData(400, """{"error":"partial write: field type conflict: input field \"v\" on measurement \"m\" is type integer, already exists as type float dropped=3"}""", InfluxOutcome.Refused, 3)]
    [InlineData(400, """{"code":"invalid","message":"unable to parse 'm v=': missing field value"}""", InfluxOutcome.Refused, 0)]
    [InlineData(422, """{"code":"unprocessable entity","message":"failure writing points to database: partial write: dropped 2 points outside retention policy of duration 1h0m0s"}""", InfluxOutcome.Refused, 2)]
    [InlineData(400, """{"error":"partial write of line protocol occurred","data":[{"line_number":1,"error_message":"x"}]}""", InfluxOutcome.Refused, 0)]
    [InlineData(413, "<html>too large</html>", InfluxOutcome.Refused, 0)]
    [InlineData(400, """{"code":"invalid","message":"Please provide either orgID or org"}""", InfluxOutcome.Unavailable, 0)]
    [InlineData(401, """{"code":"unauthorized","message":"unauthorized access"}""", InfluxOutcome.Unavailable, 0)]
    [InlineData(404, """{"code":"not found","message":"bucket \"zz\" not found"}""", InfluxOutcome.Unavailable, 0)]
    [InlineData(500, """{"error":"timeout"}""", InfluxOutcome.Unavailable, 0)]
    [InlineData(503, "[1]", InfluxOutcome.Unavailable, 0)]
    public void An_answer_is_about_the_points_only_where_it_says_so(int status, string body, InfluxOutcome outcome, int dropped)
    {
        var answer = InfluxWords.Read(status, body, null);

        Assert.Equal((outcome, dropped), (answer.Outcome, answer.Dropped));
    }

    [Fact]
    public void A_conflict_names_measurement_and_field() => Assert.Equal(("m x", "v"),
        InfluxWords.ConflictIn("partial write: field type conflict: input field \"v\" on measurement \"m x\" is type integer, already exists as type float dropped=3"));

    [Fact]
    public void An_echo_is_cut() => Assert.Equal(1004, InfluxWords.Read(400, "unable to parse " + new string('x', 100_000), null).Words.Length);
}
