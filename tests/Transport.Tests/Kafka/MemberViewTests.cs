using Pipeline.Contracts;
using Pipeline.Transport.Kafka;

namespace Pipeline.Transport.Tests.Kafka;

public sealed class MemberViewTests
{
    private readonly MemberView _view = new("me", "this run", maxMissed: 3, deadAfter: 1500);

    [Fact]
    public void Nobody_shares_before_ones_own_first_sign_has_come_back()
    {
        Hear("other", 1000);
        Assert.Empty(_view.Sharing("windows"));
        Hear("me", 1100);
        Assert.Equal(["me", "other"], _view.Sharing("windows"));
    }

    [Fact]
    public void Member_is_dead_after_so_many_of_ones_own_signs_without_its()
    {
        Hear("other", 1000);
        for (var i = 0; i < 2; i++) Hear("me", 1100 + i);
        Assert.Equal(["me", "other"], _view.Sharing("windows"));
        Assert.True(Hear("me", 1200));
        Assert.Equal(["me"], _view.Sharing("windows"));
    }

    [Fact]
    public void Nobody_dies_while_ones_own_signs_do_not_come_back_either()
    {
        Hear("other", 1000);
        Hear("me", 1100);
        Assert.False(Hear("me", 900_000));
        Assert.Equal(["me", "other"], _view.Sharing("windows"));
    }

    [Fact]
    public void Who_was_silent_long_before_one_began_is_dead_at_once()
    {
        Hear("long dead", 1000);
        Hear("other", 9000);
        Hear("me", 9100);
        Assert.Equal(["me", "other"], _view.Sharing("windows"));
    }

    [Fact]
    public void Who_leaves_is_gone_at_once_and_may_come_back()
    {
        Hear("me", 1000);
        Assert.True(Hear("other", 1001));
        Assert.True(_view.Hear(new MemberBeat("other", "", ["windows"], IsLeaving: true), 1002));
        Assert.Equal(["me"], _view.Sharing("windows"));
        Assert.True(Hear("other", 1003));
    }

    [Fact]
    public void Members_share_the_works_that_they_name()
    {
        Hear("me", 1000, "windows");
        Hear("other", 1001, "influx");
        Assert.Equal(["me"], _view.Sharing("windows"));
        Assert.True(Hear("other", 1002, "influx", "windows"));
        Assert.Equal(["me", "other"], _view.Sharing("windows"));
    }

    [Fact]
    public void Who_is_started_again_shares_at_its_first_sign_and_the_others_notice_nothing()
    {
        Hear("other", 1000);
        _view.Hear(new MemberBeat("me", "the run before", ["windows"]), 1100);
        Assert.Empty(_view.Sharing("windows"));
        Assert.True(Hear("me", 1200));
        Assert.Equal(["me", "other"], _view.Sharing("windows"));
        Assert.False(_view.Hear(new MemberBeat("other", "started again", ["windows"]), 1300));
        Assert.Equal(["me", "other"], _view.Sharing("windows"));
    }

    [Fact]
    public void Signs_of_the_run_before_do_not_count_as_ones_own()
    {
        Hear("other", 1000);
        Hear("me", 1100);
        for (var i = 0; i < 10; i++) Assert.False(_view.Hear(new MemberBeat("me", "the run before", ["windows"]), 1101));
        Assert.Equal(["me", "other"], _view.Sharing("windows"));
    }

    private bool Hear(string member, long time, params string[] works) =>
        _view.Hear(new MemberBeat(member, member == "me" ? "this run" : "", works is [] ? ["windows"] : works), time);
}
