import type { Labels, WindowResult } from './model.ts';
import { Series } from './series.ts';

export interface StoreLimits {
  /** How much history a series keeps, milliseconds. */
  span: number;
  series: number;
  /** Up to this many series that found no room are told apart. */
  leftOut: number;
}

export const defaultLimits: StoreLimits = { span: 15 * 60_000, series: 500, leftOut: 10_000 };

/**
 * The window results that the page knows. Where there is no room for another series, it takes the place of one
 * whose metric ranks lowest; where none ranks lower, it is left out itself. Either is counted.
 */
export class Store {
  private readonly _limits: StoreLimits;
  private readonly _series = new Map<string, Series>();
  private readonly _leftOut = new Set<string>();
  private readonly _rank: (metric: string) => number;

  constructor(rank: (metric: string) => number, limits: StoreLimits = defaultLimits) {
    this._rank = rank;
    this._limits = limits;
  }

  get size(): number {
    return this._series.size;
  }

  /** Series that found no room; counts no further than the limit. */
  get leftOut(): number {
    return this._leftOut.size;
  }

  put(results: readonly WindowResult[]): void {
    for (const result of results) {
      const key = keyOf(result);
      const series = this._series.get(key) ?? this.admit(key, result);
      series?.put(result);
    }
  }

  /** Forgets what is older than the span, and series that have nothing younger. */
  prune(now: number): void {
    for (const [key, series] of this._series) {
      series.dropBefore(now - this._limits.span);
      if (series.points.length === 0) this._series.delete(key);
    }
    if (this._series.size < this._limits.series) this._leftOut.clear();
  }

  all(): Iterable<Series> {
    return this._series.values();
  }

  /** The series of a metric in its shortest window, or in the named one. */
  find(metric: string, where: Labels = {}, window?: string): Series[] {
    const wanted = Object.entries(where);
    const found = [...this._series.values()].filter(
      (s) => s.metric === metric && (window === undefined || s.window === window)
        && wanted.every(([name, value]) => s.labels[name] === value));
    const shortest = found.reduce<Series | undefined>((best, s) => (best && best.length <= s.length ? best : s), undefined);
    return found.filter((s) => s.window === shortest?.window);
  }

  /** The distinct values of a label over all series whose metric starts with the prefix, sorted. */
  labelValues(prefix: string, label: string): string[] {
    const values = new Set<string>();
    for (const s of this._series.values()) {
      const value = s.labels[label];
      if (value !== undefined && s.metric.startsWith(prefix)) values.add(value);
    }
    return [...values].sort();
  }

  private admit(key: string, result: WindowResult): Series | undefined {
    if (this._series.size >= this._limits.series && !this.makeRoomFor(result.metric)) {
      this.leaveOut(key);
      return undefined;
    }
    const series = new Series(key, result);
    this._series.set(key, series);
    return series;
  }

  private makeRoomFor(metric: string): boolean {
    let lowest = this._rank(metric);
    let victim: string | undefined;
    for (const [key, series] of this._series) {
      const rank = this._rank(series.metric);
      if (rank < lowest) [lowest, victim] = [rank, key];
    }
    if (victim === undefined) return false;
    this._series.delete(victim);
    this.leaveOut(victim);
    return true;
  }

  private leaveOut(key: string): void {
    if (this._leftOut.size < this._limits.leftOut) this._leftOut.add(key);
  }
}

function keyOf(result: WindowResult): string {
  const labels = Object.entries(result.labels).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([result.window, result.metric, labels]);
}
