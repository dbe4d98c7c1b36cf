import type { Axis } from '../charts.ts';
import { el, setChildren } from '../dom.ts';
import { clockTime, count, format } from '../format.ts';
import { furtherFigures, type Figure } from '../figures.ts';
import type { Series } from '../series.ts';
import { Table } from '../table.ts';
import { labelText } from './labels.ts';

/** So many rows at most. */
export const longest = 50;

/** The latest window of each series in figures, with columns for those that only some windows have. */
export class SeriesTable {
  readonly element = el('div');
  private readonly _caption: string;
  private _columns = '';
  private _table: Table | undefined;

  constructor(caption: string) {
    this._caption = caption;
  }

  draw(series: readonly Series[], axis: Axis, now: number): void {
    const further = furtherFigures(series, axis);
    const table = this.table(['Mean', 'p50', 'p95', 'p99', 'Min', 'Max', ...further.map((f) => capital(f.name)), 'Samples', 'Window end']);
    table.draw(series.slice(0, longest).map((one) => ({ key: one.key, cells: cells(one, further, axis, now), state: one.current(now) ? '' : 'old' })));
  }

  private table(columns: readonly string[]): Table {
    const wanted = columns.join('\n');
    if (!this._table || wanted !== this._columns) {
      this._columns = wanted;
      this._table = new Table(this._caption, [{ name: 'Series' }, ...columns.map((name) => ({ name, numeric: true }))]);
      setChildren(this.element, [this._table.element]);
    }
    return this._table;
  }
}

function cells(series: Series, further: readonly Figure[], axis: Axis, now: number): string[] {
  const point = series.latest;
  const show = (value: number | null | undefined): string => format(value, axis.unit, axis.metric);
  const q = point?.quantiles;
  return [
    labelText(series), show(point?.mean), show(q?.['0.5']), show(q?.['0.95']), show(q?.['0.99']), show(point?.min), show(point?.max),
    ...further.map((f) => format(point && f.value(point), f.axis.unit, f.axis.metric)),
    count(point?.count), point ? `${clockTime(point.end)}${series.current(now) ? '' : ' (ended)'}` : '–',
  ];
}

const capital = (name: string): string => name[0]!.toUpperCase() + name.slice(1);
