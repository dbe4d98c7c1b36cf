import type { Axis } from '../charts.ts';
import { highest, lineOf, type Line } from '../lines.ts';
import { hardware as m } from '../metrics.ts';
import { mean, type Series } from '../series.ts';
import type { Store } from '../store.ts';

export interface Reading { title: string; lines: Line[]; note: string }

export interface TileSpec {
  axis: Omit<Axis, 'unit'>;
  read(store: Store, host: string, now: number): Reading;
}

const share = { floor: 0, reach: 1 };

export const hardwareTiles: readonly TileSpec[] = [
  { axis: { metric: m.cpu, ...share }, read: cpu },
  {
    axis: { metric: m.memory, ...share },
    read: (store, host, now) => reading('Memory', of(store, m.memory, host).map((s) => lineOf('used', s, mean, now))),
  },
  { axis: { metric: m.cpuPressure, floor: 0, reach: 0.1 }, read: pressure },
  {
    axis: { metric: m.load, floor: 0, reach: 1 },
    read: (store, host, now) => reading('Load, 1 minute', of(store, m.load, host).map((s) => lineOf('runnable', s, mean, now))),
  },
  { axis: { metric: m.disk, floor: 0, reach: 10_000 }, read: (...at) => device('Disk', m.disk, ['read', 'write'], ...at) },
  { axis: { metric: m.network, floor: 0, reach: 10_000 }, read: (...at) => device('Network', m.network, ['receive', 'transmit'], ...at) },
  { axis: { metric: m.temperature }, read: temperature },
];

const reading = (title: string, lines: Line[], note = ''): Reading => ({ title, lines, note });

const of = (store: Store, metric: string, host: string, where: Record<string, string> = {}): Series[] =>
  store.find(metric, { host, ...where });

function cpu(store: Store, host: string, now: number): Reading {
  const all = of(store, m.cpu, host);
  const cores = all.filter((s) => s.labels['cpu'] !== 'total');
  const lines = all.filter((s) => s.labels['cpu'] === 'total').map((s) => lineOf('total', s, mean, now));
  if (cores.length > 1) lines.push(highest('busiest core', cores, mean, now));
  return reading('CPU', lines);
}

function pressure(store: Store, host: string, now: number): Reading {
  const kinds = [['cpu', m.cpuPressure], ['memory', m.memoryPressure], ['io', m.ioPressure]] as const;
  return reading('Pressure', kinds.flatMap(([label, metric]) => of(store, metric, host).map((s) => lineOf(label, s, mean, now))));
}

/** The busiest device. A sum over all would count a disk, its partitions and what is mapped onto it as several. */
function device(
  title: string, metric: string, directions: readonly string[], store: Store, host: string, now: number): Reading {
  const all = of(store, metric, host);
  const traffic = new Map<string, number>();
  for (const s of all) {
    const name = s.labels['device'] ?? '';
    traffic.set(name, (traffic.get(name) ?? 0) + s.points.reduce((sum, p) => sum + p.mean, 0));
  }
  if (traffic.size > 1) traffic.delete('lo');
  const [busiest] = [...traffic].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  if (!busiest) return reading(title, []);
  const lines = directions.flatMap((direction) =>
    all.filter((s) => s.labels['device'] === busiest[0] && s.labels['direction'] === direction).map((s) => lineOf(direction, s, mean, now)));
  return reading(`${title} ${busiest[0]}`, lines, traffic.size > 1 ? `busiest of ${traffic.size}` : '');
}

function temperature(store: Store, host: string, now: number): Reading {
  const sensors = of(store, m.temperature, host);
  if (sensors.length > 4) return reading('Temperature', [highest('hottest sensor', sensors, mean, now)], `of ${sensors.length}`);
  return reading('Temperature', sensors.map((s) => lineOf(s.labels['sensor'] ?? '', s, mean, now)));
}
