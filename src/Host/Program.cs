using Pipeline.Host.Commands;

return await CommandLine.Build().Parse(args).InvokeAsync();
