import type { WindowResult } from '../src/model.ts';
import type { Line } from '../src/lines.ts';
import { mean, Series } from '../src/series.ts';

/** A window that ends so many seconds after 2026. */
export function someWindow(end: number, change: Partial<WindowResult> & { length?: number } = {}): WindowResult {
  const { length = 10, ...rest } = change;
  const value = rest.mean ?? end;
  return {
    window: 'w', metric: 'm', labels: { host: 'a' }, start: iso(end - length), end: iso(end), revision: 1, count: 1,
    sum: value, min: value, max: value, mean: value, rate: null, quantiles: {}, ...rest,
  };
}

export const start = Date.UTC(2026, 0);

/** Unix milliseconds of so many seconds after 2026. */
export const at = (seconds: number): number => start + seconds * 1_000;

const iso = (seconds: number): string => new Date(at(seconds)).toISOString();

export function someSeries(...windows: WindowResult[]): Series {
  const series = new Series('key', windows[0]!);
  for (const window of windows) series.put(window);
  return series;
}

export const someLine = (...windows: WindowResult[]): Line =>
  ({ label: 'line', points: someSeries(...windows).points, value: mean, current: undefined });
