namespace Pipeline.Ingest.Hardware;

/// <summary>Reads one area of the machine. What is not there is left out; nothing that a file can hold makes it throw.</summary>
internal interface IHardwareReader
{
    void Read(Scan scan);
}
