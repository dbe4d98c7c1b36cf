using System.Reactive.Linq;

namespace Pipeline.Processing;

/// <summary>
/// A state machine over batches. The output belongs to the operator and is valid until the next call. It never throws on data, and its
/// outputs do not depend on where the input was cut.
/// </summary>
public interface IOperator<in TIn, out TOut>
{
    TOut Push(TIn input);
}

/// <summary>The shell that makes a state machine an Rx operator.</summary>
public static class OperatorShell
{
    /// <summary>A machine that can be disposed is so when the subscription ends.</summary>
    public static IObservable<TOut> Through<TIn, TOut>(this IObservable<TIn> source, IOperator<TIn, TOut> machine) =>
        machine is IDisposable disposable ? source.Select(machine.Push).Finally(disposable.Dispose) : source.Select(machine.Push);
}
