using Pipeline.Contracts;

namespace Pipeline.Processing;

/// <summary>
/// The sessions of one definition over one partition: a session begins with a sample, ends when the gap has passed without another, and is cut
/// at every full multiple of the size. It is published when the watermark reaches its end, and is what its samples make it, in whatever order
/// they come: a late sample may move its end or join two, and then the results under ends that are no more are taken back.
/// </summary>
internal sealed class SessionWindows(WindowDefinition definition, WindowStart start, string node, LedgerAccount account)
    : EventWindows(definition, start, node, account)
{
    private readonly Dictionary<int, List<Session>> _byGroup = [];
    private readonly PriorityQueue<Session, long> _looks = new();
    private readonly List<Session> _changed = [];
    private readonly List<(int Group, int Revision, (long Start, long End) Was)> _takenBack = [];

    protected override long EndOf(long time) => Math.Min(time + Definition.Gap, Definition.Slicing.NextEnd(time));

    protected override void Take(int group, in StatisticSample sample)
    {
        var time = sample.Time;
        if (!_byGroup.TryGetValue(group, out var sessions)) _byGroup.Add(group, sessions = []);
        var (end, at) = (EndOf(time), sessions.Count);
        while (at > 0 && sessions[at - 1].End > time) at--;
        if (at == sessions.Count || sessions[at].Start >= end)
        {
            sessions.Insert(at, Open(group, sample));
            return;
        }
        Extend(sessions[at], sample);
        if (at + 1 < sessions.Count && sessions[at + 1].Start < sessions[at].End) Unite(sessions, at);
        else Changed(sessions[at]);
    }

    protected override void Collect(long from, long watermark, WindowResults results)
    {
        foreach (var (group, revision, was) in _takenBack)
        {
            Writer.WriteNone(results, group, revision, was.Start);
            Due.Add(was.End, group, results);
        }
        foreach (var session in _changed)
        {
            if (session is { Revision: > 0, IsGone: false }) Publish(session, results);
            session.IsChanged = false;
        }
        _takenBack.Clear();
        _changed.Clear();
        while (_looks.TryPeek(out var session, out var look) && look <= watermark)
        {
            _looks.Dequeue();
            if (!session.IsGone && session.NextLook == look) LookAt(session, watermark, results);
        }
    }

    /// <summary>
    /// A part must stay as long as a session begins within the gap after it: a rewind that saw only some of its samples might find room in it for
    /// the group of one that went to the overflow, and begin the session there.
    /// </summary>
    protected override bool IsOver(EventPart part, long watermark) =>
        part.Sessions == 0 && Parts.After(part) is not { Sessions: > 0 } && Parts.EndOf(part) + Definition.Gap <= watermark - Definition.Lateness;

    protected override void Expire(EventPart part) { }

    private Session Open(int group, in StatisticSample sample)
    {
        var states = Definition.Statistics is { } statistics ? new SessionStates(statistics) : null;
        var session = new Session(group, new Summary(Definition.SketchBits), states) { End = EndOf(sample.Time) };
        session.Add(sample, Final);
        Parts[sample.Time].Sessions++;
        LookLater(session, session.End);
        return session;
    }

    private void Extend(Session session, in StatisticSample sample)
    {
        if (sample.Time < session.Start)
        {
            Parts[session.Start].Sessions--;
            Parts[sample.Time].Sessions++;
        }
        session.Add(sample, Final);
        session.End = EndOf(session.Summary.LastTime);
    }

    /// <summary>Puts a session into the next one, whose end remains.</summary>
    private void Unite(List<Session> sessions, int at)
    {
        var (earlier, later) = (sessions[at], sessions[at + 1]);
        sessions.RemoveAt(at);
        Parts[later.Start].Sessions--;
        later.TakeIn(earlier);
        TakeBack(earlier);
        Changed(later);
    }

    private void Changed(Session session)
    {
        if (session.Revision == 0) return;
        if (session.End != session.Published.End || session.Start < Since)
        {
            TakeBack(session);
            LookLater(session, session.End);
        }
        else if (!session.IsChanged)
        {
            session.IsChanged = true;
            _changed.Add(session);
        }
    }

    private void TakeBack(Session session)
    {
        if (session.Revision > 0) _takenBack.Add((session.Group, session.Revision + 1, session.Published));
        session.Revision = 0;
    }

    private void LookLater(Session session, long watermark)
    {
        session.NextLook = watermark;
        _looks.Enqueue(session, watermark);
    }

    private void LookAt(Session session, long watermark, WindowResults results)
    {
        if (session.End <= watermark && session.Revision == 0 && session.Start >= Since) Publish(session, results);
        if (session.End > watermark) LookLater(session, session.End);
        else if (session.End + Definition.Lateness > watermark) LookLater(session, session.End + Definition.Lateness);
        else Close(session);
    }

    private void Publish(Session session, WindowResults results)
    {
        session.Published = (session.Start, session.End);
        Writer.Write(results, session.Group, ++session.Revision, session.Summary);
        if (session.States is { } states) Writer.Attach(results, results.Count - 1, states.Now(), session.End - session.Start);
        Due.Add(session.End, session.Group, results);
    }

    private void Close(Session session)
    {
        Parts[session.Start].Sessions--;
        var sessions = _byGroup[session.Group];
        sessions.Remove(session);
        if (sessions.Count == 0) _byGroup.Remove(session.Group);
        session.IsGone = true;
        Release(session.Summary.Count);
    }
}
