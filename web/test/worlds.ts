import type { Labels } from '../src/model.ts';
import type { SeriesSpec, World } from './world.ts';

/** Noise in [0, 1) that depends on its arguments alone. */
function noise(t: number, seed: number): number {
  const x = Math.sin(Math.floor(t) * 12.9898 + seed * 78.233) * 43_758.5453;
  return x - Math.floor(x);
}

const wave = (t: number, period: number): number => (1 + Math.sin((t / period) * 2 * Math.PI)) / 2;

function hw(metric: string, unit: string, labels: Labels, value: (t: number) => number | null): SeriesSpec {
  return { window: 'hardware', length: 10, slide: 2, metric: `hardware.${metric}`, unit, labels, value };
}

function machine(host: string, seed: number): SeriesSpec[] {
  const cpu = (t: number): number => 0.22 + 0.15 * wave(t, 400) + 0.08 * noise(t / 6, seed) + (noise(t / 90, seed) > 0.85 ? 0.3 : 0);
  const device = (name: string, of: string, direction: string, base: number): SeriesSpec =>
    hw(`${of}_io_bytes_per_second`, 'By/s', { host, device: name, direction }, (t) => base * (0.4 + noise(t / 4, seed + base) * wave(t, 300)));
  return [
    hw('cpu_utilization_ratio', '1', { host, cpu: 'total' }, cpu),
    ...[0, 1, 2, 3].map((i) => hw('cpu_utilization_ratio', '1', { host, cpu: String(i) }, (t) => Math.min(1, cpu(t) * (0.6 + 0.9 * noise(t / 20, seed + i))))),
    hw('cpu_load_average_1m', '1', { host }, (t) => 4 * cpu(t)),
    hw('memory_utilization_ratio', '1', { host }, (t) => 0.61 + 0.02 * wave(t, 700)),
    hw('cpu_pressure_some_ratio', '1', { host }, (t) => 0.012 * noise(t / 5, seed + 2)),
    hw('memory_pressure_some_ratio', '1', { host }, () => 0),
    hw('io_pressure_some_ratio', '1', { host }, (t) => 0.034 * noise(t / 15, seed + 4)),
    ...[['/', 0.47], ['/var/lib/storage', 0.83], ['/boot', 0.21]].map(([mountpoint, full]) =>
      hw('filesystem_utilization_ratio', '1', { host, mountpoint: String(mountpoint) }, () => Number(full))),
    device('nvme0n1', 'disk', 'read', 2.4e7), device('nvme0n1', 'disk', 'write', 9e6), device('sda', 'disk', 'read', 1e4),
    device('eth0', 'network', 'receive', 1.2e6), device('eth0', 'network', 'transmit', 4.1e6), device('lo', 'network', 'receive', 9e6),
    ...['package', 'nvme'].map((sensor, i) => hw('temperature_celsius', 'Cel', { host, sensor }, (t) => 54 - 9 * i + 6 * wave(t, 500) + noise(t / 8, i))),
    hw('uptime_seconds', 's', { host }, (t) => t % 4_000_000),
    ...['running', 'sleeping'].map((status) => hw('process_count', '{process}', { host, status }, () => (status === 'running' ? 3 : 210))),
  ];
}

interface Target { target: string; vantage: string; ttfb: number; bytes: number; down?: (t: number) => boolean }

function probed({ target, vantage, ttfb, bytes, down = () => false }: Target, seed: number): SeriesSpec[] {
  const spec = (metric: string, unit: string, value: (t: number) => number, always = false): SeriesSpec => ({
    window: 'probes', length: 60, slide: 10, metric: `probe.${metric}`, unit, labels: { target, vantage },
    value: (t) => (down(t) && !always ? null : value(t)),
  });
  const slow = (t: number): number => ttfb * (0.8 + 0.4 * noise(t / 10, seed) + 0.3 * wave(t, 350));
  return [
    spec('success_ratio', '1', (t) => (down(t) ? 0 : 1), true),
    spec('ttfb_seconds', 's', slow),
    ...[['dns', 0.08], ['connect', 0.2], ['tls', 0.3], ['wait', 0.4], ['transfer', 0.25]].map(([phase, part]) =>
      spec(`${phase}_seconds`, 's', (t) => slow(t) * Number(part))),
    spec('throughput_bytes_per_second', 'By/s', (t) => bytes / slow(t)),
    spec('http_status_code', '1', () => 200),
    spec('certificate_expiry_seconds', 's', (t) => 41 * 86_400 - (t % 86_400)),
    {
      ...spec('duration_seconds', 's', (t) => 1.2 * slow(t)), window: 'probe-durations', length: 300, slide: 30,
      further: (mean) => ({ standardDeviation: mean / 8, ewma: mean * 1.02, above: { '0.5': mean > 0.5 ? 0.75 : 0.01, '1': 0 }, baseline: mean / 1.25, change: 0.25 }),
    },
  ];
}

const load = (count: number): SeriesSpec[] => Array.from({ length: count }, (_, i) => ({
  window: 'load', length: 60, slide: 10, metric: 'load.value', unit: '', labels: { series: `s${String(i).padStart(3, '0')}`, region: i % 2 ? 'eu' : 'us' },
  value: (t: number) => 10 + i / 10 + 3 * wave(t, 200 + i),
}));

const counters: SeriesSpec[] = ['a', 'b'].map((series) => ({
  window: 'pushed', length: 60, slide: 10, metric: 'pushed.bytes_total', unit: 'By', labels: { series }, value: (t) => (t % 1e6) * 2_500,
  further: () => ({ increase: 150_000, increaseRate: 2_500, distinct: 1_234 }),
}));

const ledger = [
  { name: 'topic observations', in: 3_510_112, out: 3_510_098, held: 14 },
  { name: 'window hardware', in: 2_915_004, out: 2_914_871, held: 120, late: 13 },
  { name: 'window probes', in: 14_210, out: 14_120, held: 88, malformed: 2 },
  { name: 'sink live', in: 901_220, out: 901_220 },
];

const targets: Target[] = [
  { target: 'filbeam calibration', vantage: 'fra-1', ttfb: 0.182, bytes: 4e6 },
  { target: 'filbeam calibration', vantage: 'sfo-2', ttfb: 0.094, bytes: 4e6 },
  { target: 'storage provider f01234', vantage: 'fra-1', ttfb: 0.61, bytes: 1e6, down: (t) => Math.floor(t / 60) % 11 === 3 },
  { target: 'mission control', vantage: 'fra-1', ttfb: 0.0021, bytes: 9e4 },
];

export const healthy: World = {
  series: [...machine('edge-fra-1', 1), ...targets.filter((t) => !t.down).flatMap(probed), ...load(4), ...counters],
  verdict: 'healthy', reasons: [], ledger,
};

export const degraded: World = {
  series: [...machine('edge-fra-1', 1), ...machine('edge-sfo-2', 5),
    ...[...targets, { target: 'rpc.example', vantage: 'sfo-2', ttfb: 0.1, bytes: 1e5, down: () => true }].flatMap(probed), ...load(4)],
  verdict: 'degraded',
  reasons: [
    { severity: 'degraded', about: 'target rpc.example', text: 'no successful probe from sfo-2 for 15 minutes (connect)' },
    { severity: 'degraded', about: 'target storage provider f01234', text: 'availability 91.2 % is under 99 %' },
  ],
  ledger,
};

export const xss = '<img src=x onerror="window.pwned=1">';

export const hostile: World = {
  series: [...machine(xss, 1), ...machine(`${xss}2`, 2), ...probed({ target: xss, vantage: xss, ttfb: 0.1, bytes: 1e5 }, 1),
    { ...load(1)[0]!, labels: { [xss]: `"><script>window.pwned=1</script>${'long'.repeat(60)}` } }],
  verdict: 'unhealthy',
  reasons: [{ severity: 'unhealthy', about: xss, text: `${xss} ${'wide'.repeat(80)}` }],
  ledger: [{ name: xss, in: 10, out: 9, difference: 1 }],
};

/** More series than the page holds. */
export const many: World = { ...healthy, series: [...load(600), ...healthy.series.filter((s) => s.metric !== 'load.value')] };

export const empty: World = { series: [], verdict: 'unknown', reasons: [{ severity: 'unknown', about: 'data', text: 'no data yet' }], ledger: [] };

/** A machine with next to nothing: no temperature, no pressure, no disk; a target that only ever failed. */
export const poor: World = {
  ...healthy,
  series: [hw('memory_utilization_ratio', '1', { host: 'tiny' }, () => 0.5),
    ...probed({ target: 'never up', vantage: 'home', ttfb: 1, bytes: 1, down: () => true }, 1)],
};
