using Pipeline.Bench.Log;
using Pipeline.Bench.Windows;

// One word chooses what is measured; --json FILE also writes the rows there, one a line.
var json = Array.IndexOf(args, "--json") is var at and >= 0 && at + 1 < args.Length ? args[at + 1] : null;
return args.FirstOrDefault() switch
{
    "log" => await LogBench.RunAsync(json),
    "windows" => await WindowsBench.RunAsync(json, args),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("Benchmarks: log. Options: --json FILE.");
    return 2;
}
