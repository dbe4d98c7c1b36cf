import type { Further, Labels, WindowResult } from './model.ts';

/** One window of one series. Times are Unix milliseconds. */
export interface Point {
  end: number;
  revision: number;
  count: number;
  sum: number;
  min: number;
  max: number;
  mean: number;
  rate: number | null;
  quantiles: Readonly<Record<string, number>>;
  further?: Further;
}

export type Statistic = (point: Point) => number | null;

export const mean: Statistic = (p) => p.mean;
export const quantile = (rank: string): Statistic => (p) => p.quantiles[rank] ?? null;

/** The windows of one metric and label set, in order of their ends. */
export class Series {
  readonly key: string;
  readonly window: string;
  readonly metric: string;
  readonly labels: Labels;
  /** Length of a window, milliseconds. */
  readonly length: number;
  readonly points: Point[] = [];

  constructor(key: string, first: WindowResult) {
    this.key = key;
    this.window = first.window;
    this.metric = first.metric;
    this.labels = first.labels;
    this.length = Date.parse(first.end) - Date.parse(first.start);
  }

  get latest(): Point | undefined {
    return this.points.at(-1);
  }

  /** A higher revision of a window replaces the lower one; an equal or lower one is ignored. One without samples takes the window back. */
  put(result: WindowResult): void {
    const point = toPoint(result);
    let at = this.points.length;
    while (at > 0 && this.points[at - 1]!.end > point.end) at--;
    const before = this.points[at - 1];
    if (point.count === 0) {
      if (before?.end === point.end) this.points.splice(at - 1, 1);
      return;
    }
    if (before?.end !== point.end) this.points.splice(at, 0, point);
    else if (before.revision < point.revision) this.points[at - 1] = point;
  }

  dropBefore(time: number): void {
    const keep = this.points.findIndex((p) => p.end >= time);
    this.points.splice(0, keep < 0 ? this.points.length : keep);
  }

  /** The latest window, unless it is too old to be shown as the present. */
  current(now: number): Point | undefined {
    const latest = this.latest;
    return latest && now - latest.end <= patience(this.length) ? latest : undefined;
  }
}

/** How late a window of this length may be: the promises of sources and the slide take up to 20 s. Milliseconds. */
const patience = (length: number): number => 20_000 + length / 2;

function toPoint(result: WindowResult): Point {
  const { revision, count, sum, min, max, mean, standardDeviation, increase, increaseRate, above, distinct, ewma, baseline, change } = result;
  const point: Point = { end: Date.parse(result.end), revision, count, sum, min, max, mean, rate: result.rate ?? null, quantiles: result.quantiles ?? {} };
  const further: Further = { standardDeviation, increase, increaseRate, above, distinct, ewma, baseline, change };
  return Object.values(further).every((figure) => figure === undefined) ? point : { ...point, further };
}
