import type { Series } from '../series.ts';

/** The labels of a series in one line: `cpu=0 host=a`. */
export const labelText = (series: Series): string => {
  const pairs = Object.entries(series.labels).sort(([a], [b]) => (a < b ? -1 : 1));
  return pairs.length === 0 ? 'all' : pairs.map(([name, value]) => `${name}=${value}`).join(' ');
};

/** Whether every word of the filter occurs in the labels, in any order and case. */
export function matches(series: Series, filter: string): boolean {
  const text = labelText(series).toLowerCase();
  return filter.toLowerCase().split(/\s+/).every((word) => text.includes(word));
}
