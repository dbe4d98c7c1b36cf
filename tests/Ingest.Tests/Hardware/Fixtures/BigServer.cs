namespace Pipeline.Ingest.Tests.Hardware;

/// <summary>64 cores, NVMe and rotating disks, swap, pressure, chips with temperatures and fans, RAPL, a battery.</summary>
internal static class BigServer
{
    public const int Cores = 64;

    public static string Text => $"""
        --- proc/stat
        cpu  640000 6400 320000 6400000 64000 0 3200 0 0 0
        {string.Join('\n', Enumerable.Range(0, Cores).Select(core => $"cpu{core} 10000 100 5000 100000 1000 0 50 0 0 0"))}
        intr 99355731 {string.Join(' ', Enumerable.Repeat("0", 2000))}
        ctxt 1069994000
        btime 1795267647
        processes 751200
        procs_running 12
        procs_blocked 2
        {Fixed}
        """;

    private const string Fixed = """
        --- proc/loadavg
        12.50 10.25 8.00 12/2156 751200
        --- proc/uptime
        8640000.50 540000000.00
        --- proc/pressure/cpu
        some avg10=18.08 avg60=4.60 avg300=3.06 total=37078429
        full avg10=0.00 avg60=0.00 avg300=0.00 total=0
        --- proc/pressure/memory
        some avg10=1.50 avg60=0.00 avg300=0.00 total=100
        full avg10=0.50 avg60=0.00 avg300=0.00 total=50
        --- proc/pressure/io
        some avg10=6.03 avg60=3.30 avg300=1.24 total=20720675
        full avg10=5.73 avg60=3.18 avg300=1.20 total=20206056
        --- proc/meminfo
        MemTotal:       500000000 kB
        MemFree:        100000000 kB
        MemAvailable:   300000000 kB
        Buffers:          1000000 kB
        Cached:         150000000 kB
        SwapCached:             0 kB
        Slab:            60000000 kB
        SReclaimable:    49000000 kB
        SwapTotal:        8000000 kB
        SwapFree:         6000000 kB
        HugePages_Total:        0
        --- proc/vmstat
        pswpin 1000
        pswpout 2000
        pgfault 500000
        pgmajfault 5000
        oom_kill 3
        --- proc/diskstats
         259       0 nvme0n1 100000 0 8000000 40000 50000 0 6000000 20000 0 30000 60000 0 0 0 0 0 0
         259       1 nvme0n1p1 90000 0 7000000 30000 50000 0 6000000 20000 0 30000 60000 0 0 0 0 0 0
           8       0 sda 1000 0 80000 4000 500 0 60000 2000 0 3000 6000
           8       1 sda1 1000 0 80000 4000 500 0 60000 2000 0 3000 6000
         253       0 dm-0 1000 0 80000 4000 500 0 60000 2000 0 3000 6000
           7       0 loop0 1 0 8 0 0 0 0 0 0 0 0
        --- proc/net/dev
        Inter-|   Receive                                                |  Transmit
         face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
            lo:    3193      29    0    0    0     0          0         0     3193      29    0    0    0     0       0          0
        enp1s0:100000000 1000000 5 7 0 0 0 0 50000000 500000 1 2 0 0 0 0
        veth12:     100       1    0    0    0     0          0         0      100       1    0    0    0     0       0          0
        --- proc/mounts
        sysfs /sys sysfs rw,nosuid 0 0
        /dev/nvme0n1p1 / ext4 rw,relatime 0 0
        /dev/nvme0n1p1 /var/lib/docker/plugins ext4 rw,relatime 0 0
        overlay /var/lib/docker/overlay2/x/merged overlay rw 0 0
        /dev/mapper/vg-data /srv/my\040data xfs rw,relatime 0 0
        tank/media /srv/media zfs rw 0 0
        filer:/home /home nfs4 rw,vers=4.2 0 0
        //filer/share /mnt/share cifs rw 0 0
        s3fs /mnt/bucket fuse.s3fs rw 0 0
        systemd-1 /mnt/auto autofs rw 0 0
        --- srv/my data/
        --- srv/media/
        --- proc/1/stat
        1 (systemd) S 0 1 1 0 -1
        --- proc/2/stat
        2 (kthreadd) I 0 0 0 0 -1
        --- proc/300/stat
        300 (a) ) R evil) R 1 300 300 0 -1
        --- proc/301/stat
        301 (fio) D 1 301 301 0 -1
        --- proc/302/stat
        302 (defunct one) Z 1 302 302 0 -1
        --- proc/303/stat
        303 (gdb) t 1 303 303 0 -1
        --- sys/class/hwmon/hwmon0/name
        coretemp
        --- sys/class/hwmon/hwmon0/device -> ../../../devices/platform/coretemp.0
        --- sys/class/hwmon/hwmon0/temp1_input
        54000
        --- sys/class/hwmon/hwmon0/temp1_label
        Package id 0
        --- sys/class/hwmon/hwmon0/temp2_input
        51500
        --- sys/class/hwmon/hwmon0/temp2_label
        Core 0
        --- sys/class/hwmon/hwmon1/name
        nvme
        --- sys/class/hwmon/hwmon1/device -> ../../nvme0
        --- sys/class/hwmon/hwmon1/temp1_input
        38850
        --- sys/class/hwmon/hwmon1/temp1_label
        Composite
        --- sys/class/hwmon/hwmon2/name
        nct6775
        --- sys/class/hwmon/hwmon2/device -> ../../../devices/platform/nct6775.656
        --- sys/class/hwmon/hwmon2/temp1_input
        -128000
        --- sys/class/hwmon/hwmon2/temp2_input
        0
        --- sys/class/hwmon/hwmon2/fan1_input
        1240
        --- sys/class/hwmon/hwmon2/fan2_input
        0
        --- sys/class/hwmon/hwmon2/fan3_input
        65535
        --- sys/class/hwmon/hwmon3/name
        power_meter
        --- sys/class/hwmon/hwmon3/device -> ../../../devices/ACPI000D:00
        --- sys/class/hwmon/hwmon3/power1_average
        312000000
        --- sys/class/hwmon/hwmon4/name
        acpitz
        --- sys/class/hwmon/hwmon4/temp1_input
        27800
        --- sys/class/hwmon/hwmon5/name
        acpitz
        --- sys/class/hwmon/hwmon5/temp1_input
        29800
        --- sys/class/thermal/thermal_zone0/type
        x86_pkg_temp
        --- sys/class/thermal/thermal_zone0/temp
        54000
        --- sys/class/thermal/cooling_device0/type
        Processor
        --- sys/class/powercap/intel-rapl:0/name
        package-0
        --- sys/class/powercap/intel-rapl:0/energy_uj
        1000000000
        --- sys/class/powercap/intel-rapl:0:0/name
        dram
        --- sys/class/powercap/intel-rapl:0:0/energy_uj
        0
        --- sys/class/powercap/intel-rapl-mmio:0/name
        package-0
        --- sys/class/powercap/intel-rapl-mmio:0/energy_uj
        1000000000
        --- sys/class/power_supply/AC/type
        Mains
        --- sys/class/power_supply/AC/online
        1
        --- sys/class/power_supply/BAT0/type
        Battery
        --- sys/class/power_supply/BAT0/capacity
        87
        --- sys/class/power_supply/BAT0/power_now
        12500000
        --- sys/class/power_supply/hidpp_battery_0/type
        Battery
        --- sys/class/power_supply/hidpp_battery_0/scope
        Device
        --- sys/class/power_supply/hidpp_battery_0/capacity
        50
        """;
}
