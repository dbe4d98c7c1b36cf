import type { Axis } from './charts.ts';
import { tick, unitPerSecond } from './format.ts';
import { mean, quantile, type Series, type Statistic } from './series.ts';

/** A figure of windows, and what its numbers are. */
export interface Figure { name: string; value: Statistic; axis: Axis }

/** The figures that every window has, but for its extremes: mean, quantiles, rate and count. */
export function usualFigures(series: readonly Series[], axis: Axis): Figure[] {
  const ranks = [...new Set(series.flatMap((s) => Object.keys(s.latest?.quantiles ?? {})))].sort();
  return [
    { name: 'mean', value: mean, axis },
    ...ranks.map((rank) => ({ name: `p${Number((Number(rank) * 100).toPrecision(8))}`, value: quantile(rank), axis })),
  ];
}

/** The figures that only some windows ask for, as far as one of the series has them. */
export function furtherFigures(series: readonly Series[], axis: Axis): Figure[] {
  const latest = series.flatMap((s) => (s.latest?.further ? [s.latest] : []));
  const thresholds = [...new Set(latest.flatMap((p) => Object.keys(p.further?.above ?? {})))].sort((a, b) => Number(a) - Number(b));
  const all: Figure[] = [
    { name: 'standard deviation', value: (p) => p.further?.standardDeviation ?? null, axis },
    { name: 'decaying mean', value: (p) => p.further?.ewma ?? null, axis },
    { name: 'increase', value: (p) => p.further?.increase ?? null, axis },
    { name: 'increase per second', value: (p) => p.further?.increaseRate ?? null, axis: perSecond(axis) },
    ...thresholds.map((t): Figure => ({ name: `above ${tick(Number(t), axis.unit, axis.metric)}`, value: (p) => p.further?.above?.[t] ?? null, axis: share })),
    { name: 'earlier days', value: (p) => p.further?.baseline ?? null, axis },
    { name: 'change', value: (p) => p.further?.change ?? null, axis: ratio },
    { name: 'distinct', value: (p) => p.further?.distinct ?? null, axis: plain },
  ];
  return all.filter((figure) => latest.some((p) => figure.value(p) !== null));
}

export const perSecond = (axis: Axis): Axis => ({ unit: unitPerSecond(axis.unit, axis.metric), metric: '' });

export const plain: Axis = { unit: '', metric: '' };

/** A number shown in %. */
const ratio: Axis = { unit: '1', metric: '_ratio' };

/** One from 0 to 1. */
const share: Axis = { ...ratio, floor: 0 };
