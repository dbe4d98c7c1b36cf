import type { Labels } from './model.ts';
import { probe } from './metrics.ts';
import type { Point, Series } from './series.ts';
import type { Store } from './store.ts';

export type ProbeState = 'up' | 'partly' | 'down' | 'silent';

/** A target as seen from one vantage point. */
export interface ProbeRow {
  key: string;
  target: string;
  vantage: string;
  where: Labels;
  success: Series;
  state: ProbeState;
  /** Share of successes in the latest window; undefined when there is none. */
  current: Point | undefined;
  /** Share of successes over all that is kept. */
  availability: number | null;
}

const order: Record<ProbeState, number> = { down: 0, silent: 1, partly: 2, up: 3 };

/** All probes, what needs attention first. */
export function probeRows(store: Store, now: number): ProbeRow[] {
  return store.find(probe.success).map((success) => rowOf(success, now)).sort((a, b) =>
    order[a.state] - order[b.state] || compare(a.target, b.target) || compare(a.vantage, b.vantage));
}

/**
 * What a metric of a probe stands at, for example the time to first byte. A target that fails has no such windows, so a
 * figure counts only while it keeps up with the windows of success, give or take one.
 */
export function answer(row: ProbeRow, metric: Series | undefined, now: number): Point | undefined {
  const point = metric?.current(now);
  const oldest = row.success.points.at(-2)?.end ?? row.current?.end ?? Infinity;
  return point && row.current && point.end >= oldest ? point : undefined;
}

/** The worst state in each of so many equal parts of a span that ends now; undefined where there was nothing. */
export function strip(points: readonly Point[], now: number, span: number, cells: number): (ProbeState | undefined)[] {
  const states = new Array<ProbeState | undefined>(cells).fill(undefined);
  for (const point of points) {
    const cell = Math.ceil(((point.end - now) / span + 1) * cells) - 1;
    if (cell < 0 || cell >= cells) continue;
    const state = stateOf(point);
    const known = states[cell];
    if (known === undefined || order[state] < order[known]) states[cell] = state;
  }
  return states;
}

function rowOf(success: Series, now: number): ProbeRow {
  const { target = '', vantage = '' } = success.labels;
  const current = success.current(now);
  const probes = success.points.reduce((sum, p) => sum + p.count, 0);
  return {
    key: success.key,
    target,
    vantage,
    where: success.labels,
    success,
    state: stateOf(current),
    current,
    availability: probes === 0 ? null : success.points.reduce((sum, p) => sum + p.sum, 0) / probes,
  };
}

function stateOf(point: Point | undefined): ProbeState {
  if (!point) return 'silent';
  return point.mean >= 1 ? 'up' : point.mean <= 0 ? 'down' : 'partly';
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
