using System.Globalization;
using Pipeline.Contracts;

namespace Pipeline.Transport.Embedded;

/// <summary>
/// Finds the last whole commit of a log that may have been left anyhow, and cuts everything behind it. What the journal says is safe on the
/// disk is believed; of the commits after it, as many are kept as have all their bytes.
/// </summary>
internal sealed class Recovery(string folder)
{
    private readonly List<RecoveryNote> _notes = [];
    private readonly HashSet<TopicPartition> _damaged = [];
    private readonly HashSet<string> _unforced = [];

    public IReadOnlyList<RecoveryNote> Notes => _notes;

    /// <summary>Partitions whose newest segment is damaged and must not be written on.</summary>
    public IReadOnlySet<TopicPartition> Damaged => _damaged;

    /// <summary>Segments that may be on the disk in part only, if the power fails now.</summary>
    public IEnumerable<string> Unforced => _unforced.Where(File.Exists);

    public Snapshot Run()
    {
        var path = Journal.PathIn(folder);
        var bytes = File.Exists(path) ? File.ReadAllBytes(path) : [];
        var journal = JournalContent.Read(bytes);
        var names = NamesOnDisk();
        Snapshot state;
        if (journal.IsDamaged || (bytes.Length == 0 && names.Any(n => Segment.In(LogState.FolderOf(folder, n)).Any())))
        {
            Note(RecoveryKind.Damaged, path,
                $"missing, or damaged at byte {journal.End} of {bytes.Length}; every whole frame of the newest segments was kept instead");
            state = FromSegments(journal.Synced with { Names = names, Marks = [] });
        }
        else
        {
            if (bytes.Length > journal.End)
                Note(RecoveryKind.Cut, path, $"{bytes.Length - journal.End} bytes of an unfinished commit record were cut");
            state = LastWhole(journal, path);
        }
        for (var i = 0; i < state.Names.Count; i++) CutBehind(state.Names[i], state.Marks[i]);
        return state;
    }

    private Snapshot LastWhole(JournalContent journal, string path)
    {
        var state = journal.Synced;
        var whole = new Dictionary<int, long>();
        foreach (var commit in journal.Pending)
        {
            foreach (var (index, _, _, _) in commit.Marks.Where(m => !whole.ContainsKey(m.Index)))
                whole[index] = WholeEnd(journal.Synced.Names[index], journal.Synced.Marks[index]);
            if (commit.Marks.Any(m => m.End > whole[m.Index]))
            {
                var lost = journal.Pending[^1].Sequence - commit.Sequence + 1;
                Note(RecoveryKind.RolledBack, path,
                    $"the bytes of {lost} commits after the last forced write are not on the disk; these commits are gone");
                break;
            }
            state = state.After(commit);
        }
        return state;
    }

    /// <summary>Up to which offset the bytes behind a mark are sound.</summary>
    private long WholeEnd(TopicPartition name, PartitionMark mark)
    {
        var end = mark.End;
        foreach (var segment in Segment.In(LogState.FolderOf(folder, name)).Where(s => s.Offset >= mark.Segment))
        {
            using var reader = new FrameReader(segment.Path);
            var start = segment.Offset == mark.Segment ? mark.Length : 0;
            _unforced.Add(segment.Path);
            Segment.Walk(reader, start, segment.Length, (frame, _) => end = frame.Offset == end ? frame.Next : end); // a gap ends it
        }
        return end;
    }

    private void CutBehind(TopicPartition name, PartitionMark mark)
    {
        var found = false;
        foreach (var segment in Segment.In(LogState.FolderOf(folder, name)).Where(s => s.Offset >= mark.Segment).ToList())
        {
            var keep = segment.Offset == mark.Segment ? mark.Length : 0;
            if (segment.Length > keep)
                Note(RecoveryKind.Cut, segment.Path, $"{segment.Length - keep} bytes of an append that was never finished were cut");
            if (keep == 0) File.Delete(segment.Path);
            else if (segment.Length > keep) Cut(segment.Path, keep);
            if (keep > 0) Check(name, segment.Path, keep);
            found |= keep > 0;
        }
        if (!found && mark.Length > 0)
            Damage(name, Segment.PathOf(LogState.FolderOf(folder, name), mark.Segment), $"is missing, with {mark.Length} bytes");
    }

    private void Check(TopicPartition name, string path, long length)
    {
        using var reader = new FrameReader(path);
        var sound = Segment.Walk(reader, 0, length, (_, _) => { });
        if (sound < length) Damage(name, path, $"is damaged at byte {sound} of {length}; it can be read up to there");
    }

    private void Damage(TopicPartition name, string path, string what)
    {
        _damaged.Add(name);
        Note(RecoveryKind.Damaged, path, what);
    }

    /// <summary>Without a journal: the newest segment of each partition up to its last sound frame.</summary>
    private Snapshot FromSegments(Snapshot state)
    {
        var marks = new List<PartitionMark>();
        var time = state.Time;
        for (var i = 0; i < state.Names.Count; i++)
        {
            var newest = Segment.In(LogState.FolderOf(folder, state.Names[i])).LastOrDefault();
            var mark = new PartitionMark(i, newest?.Offset ?? 0, 0, newest?.Offset ?? 0);
            if (newest is not null)
            {
                using var reader = new FrameReader(newest.Path);
                Segment.Walk(reader, 0, newest.Length, (frame, position) =>
                {
                    mark = mark with { Length = position + frame.Bytes, End = frame.Next };
                    time = Math.Max(time, frame.Time);
                });
            }
            marks.Add(mark);
        }
        return state with { Time = time, Marks = marks };
    }

    private List<TopicPartition> NamesOnDisk() =>
    [
        .. from topic in Directory.EnumerateDirectories(folder)
           from partition in Directory.EnumerateDirectories(topic)
           let number = int.TryParse(Path.GetFileName(partition), NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) ? parsed : -1
           where number >= 0
           let name = new TopicPartition(Path.GetFileName(topic), number)
           orderby name.Topic, name.Partition
           select name
    ];

    private static void Cut(string path, long length)
    {
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        RandomAccess.SetLength(file, length);
    }

    private void Note(RecoveryKind kind, string path, string what) => _notes.Add(new RecoveryNote(kind, path, $"{path}: {what}."));
}
