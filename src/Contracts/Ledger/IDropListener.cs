namespace Pipeline.Contracts;

/// <summary>Told of every value that is given up. There is no other way to drop one.</summary>
public interface IDropListener
{
    void OnDropped(DropReason reason, long count);
}
