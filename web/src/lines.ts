import type { Point, Series, Statistic } from './series.ts';

/** One line of a chart. Lines of one chart have the same unit. */
export interface Line {
  label: string;
  points: readonly Point[];
  value: Statistic;
  /** What the line stands at now; undefined when its last window is too old for that. */
  current: Point | undefined;
}

export const lineOf = (label: string, series: Series, value: Statistic, now: number): Line =>
  ({ label, points: series.points, value, current: series.current(now) });

/** The highest of several series at each end, by mean: the busiest core, the hottest sensor. */
export function highest(label: string, series: readonly Series[], value: Statistic, now: number): Line {
  const top = new Map<number, Point>();
  for (const one of series) {
    for (const point of one.points) {
      const known = top.get(point.end);
      if (!known || (value(point) ?? -Infinity) > (value(known) ?? -Infinity)) top.set(point.end, point);
    }
  }
  const points = [...top.values()].sort((a, b) => a.end - b.end);
  const fresh = points.at(-1);
  return { label, points, value, current: series.some((s) => s.current(now)) ? fresh : undefined };
}

/** The point nearest to a time. */
export function pointAt(points: readonly Point[], time: number): Point | undefined {
  let low = 0;
  let high = points.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (points[middle]!.end < time) low = middle + 1;
    else high = middle;
  }
  const after = points[low];
  const before = points[low - 1];
  if (!after || !before) return after ?? before;
  return time - before.end < after.end - time ? before : after;
}

export type Column = (number | null | undefined)[];

/**
 * The lines over one common axis of times, as uPlot wants them: null is a gap, undefined is "this line has no point
 * here". Where a line pauses for more than three of its usual steps, it gets a gap: a hole in the data must show.
 */
export function align(lines: readonly Line[]): [number[], ...Column[]] {
  const columns = lines.map((line) => {
    const column = new Map<number, number | null>();
    const step = usualStep(line.points);
    let before: Point | undefined;
    for (const point of line.points) {
      if (before && point.end - before.end > 3 * step) column.set(before.end + step, null);
      column.set(point.end, line.value(point));
      before = point;
    }
    return column;
  });
  const times = [...new Set(columns.flatMap((column) => [...column.keys()]))].sort((a, b) => a - b);
  return [times, ...columns.map((column) => times.map((time) => column.get(time)))];
}

/** The median distance of neighbours, milliseconds. */
function usualStep(points: readonly Point[]): number {
  const steps = points.slice(1).map((p, i) => p.end - points[i]!.end).sort((a, b) => a - b);
  return steps[steps.length >> 1] ?? Infinity;
}
