using System.CommandLine;
using Pipeline.Host.Commands;

// A stop drains for up to twice ten seconds; what takes longer than this hangs.
return await CommandLine.Build().Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(30) });
