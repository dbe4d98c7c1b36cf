import type { Axis } from '../charts.ts';
import { el, setText } from '../dom.ts';
import { clockTime, count, format, plural } from '../format.ts';
import type { Series } from '../series.ts';
import { Table } from '../table.ts';
import { labelText } from './labels.ts';

const longest = 50;

const figures = ['Mean', 'p50', 'p95', 'p99', 'Min', 'Max', 'Samples', 'Window end'];

/** The latest window of each series in figures. */
export class ExplorerTable {
  private readonly _table = new Table('Series', [{ name: 'Series' }, ...figures.map((name) => ({ name, numeric: true }))]);
  private readonly _note = el('p', { class: 'note' });
  readonly element = el('div', {}, this._table.element, this._note);

  /** @param total how many series there are before the filter. */
  draw(found: readonly Series[], total: number, axis: Axis, now: number): void {
    const listed = found.slice(0, longest);
    this._table.draw(listed.map((series) => ({ key: series.key, cells: cells(series, axis, now), state: series.current(now) ? '' : 'old' })));
    const some = listed.length < total ? `${count(listed.length)} of ${plural(total, 'series', 'series')} listed.` : '';
    setText(this._note, total === 0 ? 'No windows of this metric in the last 15 minutes.' : some);
  }
}

function cells(series: Series, axis: Axis, now: number): string[] {
  const point = series.latest;
  const show = (value: number | null | undefined): string => format(value, axis.unit, axis.metric);
  const q = point?.quantiles;
  return [
    labelText(series), show(point?.mean), show(q?.['0.5']), show(q?.['0.95']), show(q?.['0.99']), show(point?.min), show(point?.max),
    count(point?.count), point ? `${clockTime(point.end)}${series.current(now) ? '' : ' (ended)'}` : '–',
  ];
}
