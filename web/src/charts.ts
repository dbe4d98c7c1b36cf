import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { tick } from './format.ts';
import { align, type Line } from './lines.ts';
import { colour, lineColour, lineDash } from './palette.ts';

/** How much time every chart shows, milliseconds. */
export const span = 15 * 60_000;

export interface Axis {
  unit: string;
  metric: string;
  /** The scale begins here; without it, where the data begin. */
  floor?: number;
  /** The scale reaches at least this far, so that noise near zero looks like noise. */
  reach?: number;
}

/** A chart over the last 15 minutes. Its right edge is now, so a line that has ended moves away from it visibly. */
export class Chart {
  private readonly _host: HTMLElement;
  private readonly _height: number;
  private readonly _hover: (time: number | undefined) => void;
  private _axis: Axis = { unit: '', metric: '' };
  private _plot: uPlot | undefined;
  private _shape = '';
  private _seen = false;
  private _now = 0;
  private _draw: (() => void) | undefined;

  /** @param hover is told the time under the cursor, of this or of any other chart; undefined when it left. */
  constructor(host: HTMLElement, height: number, hover: (time: number | undefined) => void) {
    this._host = host;
    this._height = height;
    this._hover = hover;
    new IntersectionObserver((entries) => {
      this._seen = entries.at(-1)!.isIntersecting;
      this._draw?.();
    }, { rootMargin: '200px' }).observe(host);
    new ResizeObserver(() => this.resize()).observe(host);
  }

  /** Draws as soon as somebody can see it. @param filled fills between lines 2k and 2k + 1. */
  show(lines: readonly Line[], axis: Axis, now: number, filled = false): void {
    this._draw = () => this.draw(lines, axis, now, filled);
    this._draw();
  }

  private draw(lines: readonly Line[], axis: Axis, now: number, filled: boolean): void {
    if (!this._seen || this._host.clientWidth === 0) return;
    this._now = now;
    this._axis = axis;
    const data = align(lines) as uPlot.AlignedData;
    const shape = JSON.stringify([lines.length, axis.unit, axis.metric, filled]);
    if (this._plot && shape === this._shape) {
      this._plot.setData(data);
      return;
    }
    this._plot?.destroy();
    this._shape = shape;
    this._plot = new uPlot(this.options(lines.length, filled), data, this._host);
  }

  private resize(): void {
    const width = this._host.clientWidth;
    if (this._plot && width > 0 && width !== this._plot.width) this._plot.setSize({ width, height: this._height });
  }

  private options(lines: number, filled: boolean): uPlot.Options {
    const index = (i: number): number => (filled ? i >> 1 : i);
    return {
      width: this._host.clientWidth,
      height: this._height,
      ms: 1,
      padding: [6, 16, 0, 0],
      legend: { show: false },
      cursor: { y: false, drag: { x: false, y: false }, points: { show: false }, sync: { key: 'time', scales: ['x', null] } },
      scales: {
        x: { time: true, range: () => [this._now - span, this._now] },
        y: { range: (_, low, high) => this.range(low, high) },
      },
      axes: [timeAxis(), this.valueAxis()],
      series: [{}, ...Array.from({ length: lines }, (_, i) => ({
        stroke: () => lineColour(index(i)),
        dash: filled ? [] : lineDash(i),
        width: 1.5,
        points: { show: false },
      }))],
      bands: filled
        ? Array.from({ length: lines >> 1 }, (_, i) => ({
          series: [2 * i + 2, 2 * i + 1] as uPlot.Band.Bounds, fill: () => translucent(lineColour(i)) }))
        : [],
      hooks: { setCursor: [(u) => this._hover(timeUnder(u))] },
    };
  }

  private range(low: number | null, high: number | null): [number, number] {
    const { floor, reach } = this._axis;
    const top = Math.max(high ?? 0, reach ?? -Infinity);
    const bottom = floor ?? low ?? 0;
    const size = top - bottom || Math.abs(top) || 1;
    // A line along the floor or along 100 % must not be cut in half by the edge.
    return [bottom - size * (floor === undefined ? 0.08 : 0.02), top + size * (top === reach ? 0.02 : 0.08)];
  }

  private valueAxis(): uPlot.Axis {
    return {
      ...ink(),
      size: 58,
      gap: 4,
      space: 26,
      values: (_, splits) => splits.map((v) => tick(v, this._axis.unit, this._axis.metric)),
    };
  }
}

const timeAxis = (): uPlot.Axis => ({
  ...ink(),
  size: 22,
  gap: 3,
  space: 55,
  incrs: [60_000, 300_000, 900_000],
  splits: (_, __, from, to, step) => {
    const first = Math.ceil(from / step);
    return Array.from({ length: Math.floor(to / step) - first + 1 }, (_, i) => (first + i) * step);
  },
  values: (_, splits) => splits.map((t) => clock.format(t)),
});

const ink = (): Partial<uPlot.Axis> => ({
  stroke: () => colour('ink-soft'),
  font: '11px system-ui, sans-serif',
  grid: { stroke: () => colour('grid'), width: 1 },
  ticks: { show: false },
});

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });

function timeUnder(u: uPlot): number | undefined {
  const left = u.cursor.left;
  return left === undefined || left === null || left < 0 ? undefined : u.posToVal(left, 'x');
}

const translucent = (css: string): string => `color-mix(in srgb, ${css} 18%, transparent)`;

