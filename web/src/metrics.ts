/** The metrics that have panels of their own. They are fetched on load and keep their place when series run out. */

export const hardware = {
  cpu: 'hardware.cpu_utilization_ratio',
  load: 'hardware.cpu_load_average_1m',
  memory: 'hardware.memory_utilization_ratio',
  cpuPressure: 'hardware.cpu_pressure_some_ratio',
  memoryPressure: 'hardware.memory_pressure_some_ratio',
  ioPressure: 'hardware.io_pressure_some_ratio',
  filesystem: 'hardware.filesystem_utilization_ratio',
  disk: 'hardware.disk_io_bytes_per_second',
  network: 'hardware.network_io_bytes_per_second',
  temperature: 'hardware.temperature_celsius',
  uptime: 'hardware.uptime_seconds',
  processes: 'hardware.process_count',
} as const;

export const probe = {
  success: 'probe.success_ratio',
  ttfb: 'probe.ttfb_seconds',
  throughput: 'probe.throughput_bytes_per_second',
  status: 'probe.http_status_code',
  certificate: 'probe.certificate_expiry_seconds',
  dns: 'probe.dns_seconds',
  connect: 'probe.connect_seconds',
  tls: 'probe.tls_seconds',
  wait: 'probe.wait_seconds',
  transfer: 'probe.transfer_seconds',
} as const;

export const ofPanels: readonly string[] = [...Object.values(probe), ...Object.values(hardware)];
