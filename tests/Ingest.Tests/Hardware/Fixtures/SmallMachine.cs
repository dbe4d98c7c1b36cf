namespace Pipeline.Ingest.Tests.Hardware;

/// <summary>A virtual machine: two cores, one disk, no sensors, no swap, a kernel without pressure figures.</summary>
internal static class SmallMachine
{
    public const string Text = """
        --- proc/stat
        cpu  1000 0 500 8000 400 0 50 50 0 0
        cpu0 500 0 250 4000 200 0 25 25 0 0
        cpu1 500 0 250 4000 200 0 25 25 0 0
        intr 355731 0 0 1 1 15
        ctxt 1000000
        btime 1795267647
        processes 7500
        procs_running 6
        procs_blocked 0
        --- proc/loadavg
        0.72 0.35 0.23 5/156 7512
        --- proc/uptime
        1630.43 2991.20
        --- proc/meminfo
        MemTotal:       1000000 kB
        MemFree:         100000 kB
        MemAvailable:    250000 kB
        Buffers:          50000 kB
        Cached:          200000 kB
        SReclaimable:     10000 kB
        SwapTotal:             0 kB
        SwapFree:              0 kB
        --- proc/vmstat
        nr_free_pages 25000
        pswpin 0
        pswpout 0
        pgfault 5000
        pgmajfault 50
        oom_kill 0
        --- proc/diskstats
           7       0 loop0 1 0 8 0 0 0 0 0 0 0 0 0 0 0 0 0 0
         254       0 vda 1000 10 80000 4000 500 20 60000 2000 0 3000 6000 0 0 0 0 0 0
        --- proc/net/dev
        Inter-|   Receive                                                |  Transmit
         face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
            lo:    3193      29    0    0    0     0          0         0     3193      29    0    0    0     0       0          0
          eth0:  100000    1000    0    0    0     0          0         0    50000     500    0    0    0     0       0          0
        --- proc/mounts
        proc /proc proc rw,relatime 0 0
        tmpfs /dev/shm tmpfs rw,relatime 0 0
        /dev/vda / ext4 rw,relatime 0 0
        --- proc/1/stat
        1 (init) S 0 1 1 0 -1
        """;
}
