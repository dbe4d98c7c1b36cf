import type { Further, Labels, LedgerEntry, Merged, Metric, PipelineState, Reason, Verdict, VerdictLevel, WindowResult } from '../src/model.ts';

/** A series whose value is a function of time, so that history and stream agree. */
export interface SeriesSpec {
  window: string;
  /** Seconds. */
  length: number;
  slide: number;
  metric: string;
  unit: string;
  labels: Labels;
  /** @param t Unix seconds; null where there is no window. */
  value(t: number): number | null;
  /** What its window asks for beside the usual figures. */
  further?(mean: number): Further;
}

export interface World {
  series: readonly SeriesSpec[];
  verdict: VerdictLevel;
  reasons: readonly Reason[];
  ledger: readonly Partial<LedgerEntry>[];
}

export function metricsOf(world: World): Metric[] {
  const names = [...new Set(world.series.map((s) => s.metric))];
  return names.map((name) => {
    const all = world.series.filter((s) => s.metric === name);
    return {
      name, unit: all[0]!.unit, description: `What ${name} says.`, labels: Object.keys(all[0]!.labels),
      series: all.length, windows: [...new Set(all.map((s) => s.window))],
    };
  });
}

/** The windows of a series that end in (from, to], Unix milliseconds. */
export function windowsOf(spec: SeriesSpec, from: number, to: number): WindowResult[] {
  const results: WindowResult[] = [];
  const slide = spec.slide * 1_000;
  for (let end = (Math.floor(from / slide) + 1) * slide; end <= to; end += slide) {
    const mean = spec.value(end / 1_000);
    if (mean !== null) results.push(result(spec, end, mean));
  }
  return results;
}

function result(spec: SeriesSpec, end: number, mean: number): WindowResult {
  const exact = spec.metric === 'probe.success_ratio' || spec.metric === 'probe.http_status_code';
  const wide = (by: number): number => (exact ? mean : mean * by);
  const count = Math.max(1, Math.round(spec.length / spec.slide) + 1);
  return {
    window: spec.window, metric: spec.metric, labels: spec.labels,
    start: new Date(end - spec.length * 1_000).toISOString(), end: new Date(end).toISOString(), revision: 1,
    count, sum: mean * count, min: wide(0.8), max: wide(1.5), mean, rate: null,
    quantiles: { '0.5': wide(0.95), '0.95': wide(1.3), '0.99': wide(1.48) }, ...spec.further?.(mean),
  };
}

/** As the server merges them, but for quantiles and states: those of the newest result. */
export function mergedOf(world: World, query: URLSearchParams, until: number): Merged | undefined {
  const of = world.series.filter((s) => s.window === query.get('window') && s.metric === query.get('metric'));
  if (of.length === 0) return undefined;
  const by = (query.get('by') ?? '').split(',').filter((label) => label !== '');
  const groupOf = (s: SeriesSpec): string => JSON.stringify(Object.fromEntries(by.map((label) => [label, s.labels[label]])));
  return {
    groups: [...new Set(of.map(groupOf))].map((labels) => {
      const all = of.filter((s) => groupOf(s) === labels).flatMap((s) => windowsOf(s, Date.parse(query.get('from') ?? ''), until)).filter((_, i) => i % 6 === 0);
      const [count, sum] = [all.reduce((n, r) => n + r.count, 0), all.reduce((n, r) => n + r.sum, 0)];
      return {
        ...all.at(-1)!, labels: JSON.parse(labels) as Labels, start: all[0]!.start, results: all.length, count, sum, mean: sum / count,
        min: Math.min(...all.map((r) => r.min)), max: Math.max(...all.map((r) => r.max)),
      };
    }),
    leftOut: { overlapping: 5, unlabelled: 0, withoutSketch: 0, unreadable: 0 },
  };
}

export const verdictOf = (world: World, now: number, age: number): Verdict => ({
  verdict: world.verdict, reasons: [...world.reasons], dataAgeSeconds: age, time: new Date(now).toISOString(),
});

export function pipelineOf(world: World, now: number, started: number): PipelineState {
  const up = (now - started) / 1_000 + 4_321;
  const wave = Math.sin(now / 9_000);
  const zero = { in: 0, out: 0, held: 0, late: 0, duplicate: 0, malformed: 0, filtered: 0, rejected: 0, overflow: 0, difference: 0 };
  return {
    time: new Date(now).toISOString(), recordsPerSecond: 812.4 + 60 * wave,
    lag: [0, 1].map((partition) => ({ stage: 'windows', partition, records: 14 + partition, seconds: 1.2 + 0.3 * wave + partition / 9 })),
    ledger: world.ledger.map((entry, i) => ({ ...zero, name: `account ${i}`, ...entry })),
    topics: ['observations', 'windows', 'late', 'dead-letter'].map((name, i) => ({
      name, partitions: [0, 1].map((partition) => ({ partition, first: 1_000, end: 1_000 + Math.round(up * [400, 90, 0.01, 0][i]!), bytes: Math.round(up * [61_000, 22_000, 2, 0][i]!) })),
    })),
    node: 'edge-fra-1', version: '0.1.0', uptimeSeconds: up,
  };
}
