using Pipeline.Contracts;

namespace Pipeline.Ingest.Tests.Hardware;

public class SensorTests
{
    [Fact]
    public void Sensors_are_named_by_chip_and_label()
    {
        using var rig = new Rig(BigServer.Text);
        Assert.Equal(54, rig.Value("temperature_celsius", ("sensor", "coretemp.0/Package id 0")));
        Assert.Equal(51.5, rig.Value("temperature_celsius", ("sensor", "coretemp.0/Core 0")));
        Assert.Equal(38.85, rig.Value("temperature_celsius", ("sensor", "nvme0/Composite")));
        Assert.Equal(54, rig.Value("temperature_celsius", ("sensor", "thermal_zone0/x86_pkg_temp")));
        Assert.Equal(1240, rig.Value("fan_speed_revolutions_per_minute", ("sensor", "nct6775.656/fan1")));
        Assert.Equal(312, rig.Value("power_watts", ("sensor", "power_meter-ACPI000D:00/power1")));
    }

    [Fact]
    public void Chips_that_call_themselves_alike_are_told_apart()
    {
        using var rig = new Rig(BigServer.Text);
        Assert.Equal(27.8, rig.Value("temperature_celsius", ("sensor", "acpitz/temp1"))!.Value, 9);
        Assert.Equal(29.8, rig.Value("temperature_celsius", ("sensor", "acpitz/temp1 #2"))!.Value, 9);
    }

    [Fact]
    public void What_no_sensor_can_have_measured_is_rejected()
    {
        using var rig = new Rig(BigServer.Text);
        Assert.Null(rig.Value("temperature_celsius", ("sensor", "nct6775.656/temp1"))); // -128: not connected
        Assert.Null(rig.Value("temperature_celsius", ("sensor", "nct6775.656/temp2"))); // 0: unset
        Assert.Null(rig.Value("fan_speed_revolutions_per_minute", ("sensor", "nct6775.656/fan3"))); // 65535: broken
        Assert.Equal(4, rig.Drops[DropReason.Rejected]); // these, and an energy counter that stands at 0
    }

    [Fact]
    public void Fan_that_stands_still_is_shown()
    {
        using var rig = new Rig(BigServer.Text);
        Assert.Equal(0, rig.Value("fan_speed_revolutions_per_minute", ("sensor", "nct6775.656/fan2")));
    }

    [Fact]
    public void Power_of_a_processor_is_the_growth_of_its_energy()
    {
        using var rig = new Rig(BigServer.Text);
        rig.Tree.Write("sys/class/powercap/intel-rapl:0/energy_uj", "1095000000\n");
        rig.Scan();
        Assert.Equal(95, rig.Value("power_watts", ("sensor", "intel-rapl:0/package-0"))!.Value, 9);
        rig.Tree.Write("sys/class/powercap/intel-rapl:0/energy_uj", "1000000\n"); // it wrapped
        rig.Scan();
        Assert.Null(rig.Value("power_watts", ("sensor", "intel-rapl:0/package-0")));
    }

    [Fact]
    public void Battery_of_the_machine_is_shown_and_that_of_a_mouse_is_not()
    {
        using var rig = new Rig(BigServer.Text);
        Assert.Equal(0.87, rig.Value("battery_charge_ratio", ("battery", "BAT0")));
        Assert.Equal(12.5, rig.Value("power_watts", ("sensor", "BAT0")));
        Assert.Null(rig.Value("battery_charge_ratio", ("battery", "hidpp_battery_0")));
    }

    [Fact]
    public void Sensor_plugged_in_is_found_within_a_minute()
    {
        using var rig = new Rig(BigServer.Text);
        rig.Tree.Write("sys/class/hwmon/hwmon9/temp1_input", "20000\n");
        for (var i = 0; i < 60; i++) rig.Scan();
        Assert.Equal(20, rig.Value("temperature_celsius", ("sensor", "hwmon9/temp1")));
    }
}
