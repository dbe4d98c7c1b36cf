import type { Point } from './series.ts';

/** Readings that come one at a time and not as windows, kept for a span of milliseconds. */
export class History {
  readonly points: Point[] = [];
  private readonly _span: number;

  constructor(span: number) {
    this._span = span;
  }

  /** A reading that is not younger than the last one is a repetition and ignored. */
  put(end: number, value: number): void {
    if (Number.isNaN(end) || end <= (this.points.at(-1)?.end ?? -Infinity)) return;
    this.points.push({ end, revision: 1, count: 1, sum: value, min: value, max: value, mean: value, rate: null, quantiles: {} });
    const keep = this.points.findIndex((p) => p.end >= end - this._span);
    this.points.splice(0, keep);
  }
}
