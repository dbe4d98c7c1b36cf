using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Pipeline.Contracts;
using Pipeline.Processing;
using Pipeline.Testing;

namespace Pipeline.Sinks.Tests;

/// <summary>The whole interface on a free port of 127.0.0.1, over a model that the test fills.</summary>
public sealed class LiveServer : IAsyncLifetime
{
    private readonly CancellationTokenSource _stop = new();
    private readonly WebApplication _app;
    private Task _streaming = Task.CompletedTask;

    public LiveServer() : this(new LiveOptions()) { }

    internal LiveServer(LiveOptions options)
    {
        Log = new InMemoryLog([new TopicSpec("windows", 2, TimeSpan.MaxValue, long.MaxValue), new TopicSpec("other", 1, TimeSpan.MaxValue, long.MaxValue)], Time);
        Model = new ReadModel(options);
        var verdict = new LiveVerdict(Model, Status, new VerdictOptions(), Time);
        Stream = new LiveStream(Model, verdict, new PipelineReport(Status, "observations", Time), Time);
        var catalogue = new MetricCatalogue(
            [new MetricInfo("load.value", "1", "How busy.", "host"), new MetricInfo("probe.ttfb_seconds", "s", "Time to the first byte.", "target")],
            [new WindowOptions { Name = "load", Metric = "load.*", By = ["host"] }, new WindowOptions { Name = "queue", Metric = "queue.depth" }]);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        new LiveEndpoints(Model, verdict, Status, catalogue).Map(_app);
        StreamEndpoint.Map(_app, Stream);
        TopicEndpoints.Map(_app, Log);
        new MergedEndpoint(Log, "windows", catalogue, Time).Map(_app);
        new PrometheusEndpoint(Model, Stream, Status, catalogue).Map(_app);
    }

    public TestTimeProvider Time { get; } = new();
    public ReadModel Model { get; }
    public LiveStream Stream { get; }
    internal FixedStatus Status { get; } = new();
    public InMemoryLog Log { get; }
    public HttpClient Client { get; private set; } = null!;
    public Uri Address => Client.BaseAddress!;

    public async Task InitializeAsync()
    {
        await _app.StartAsync();
        var address = _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        Client = new HttpClient { BaseAddress = new Uri(address) };
        _streaming = Stream.RunAsync(_stop.Token);
    }

    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _streaming;
        await _app.StopAsync();
    }

    public async Task DisposeAsync()
    {
        await StopAsync();
        await _app.DisposeAsync();
        Client.Dispose();
        _stop.Dispose();
    }
}
