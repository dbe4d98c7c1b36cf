namespace Pipeline.Processing;

/// <summary>The tags of the samples of each series, worked out when it is first asked for.</summary>
internal sealed class SeriesTags(StatisticSet statistics)
{
    private SampleTag[] _tags = [];
    private SeriesTable _series = new();

    public SampleTag this[int series] =>
        _tags[series] is { Series: not 0 } known ? known : _tags[series] = SampleTag.Of(_series[series].Labels, statistics.CountedLabel);

    /// <param name="isNew">The numbers of series mean others than before.</param>
    public void Meet(SeriesTable series, bool isNew)
    {
        _series = series;
        if (isNew) Array.Clear(_tags);
        Arrays.Grow(ref _tags, series.Count);
    }
}
