import { Chart, span, type Axis } from './charts.ts';
import { el, setAttribute, setChildren, setText } from './dom.ts';
import { clockTime, format } from './format.ts';
import { pointAt, type Line } from './lines.ts';

const longestLegend = 8;

/** A titled chart whose legend shows the present figures, or those under the cursor. */
export class Tile {
  readonly element: HTMLElement;
  private readonly _title = el('h3');
  private readonly _note = el('span', { class: 'note' });
  private readonly _legend = el('ul', { class: 'legend' });
  private readonly _plot = el('div', { class: 'plot', role: 'img' });
  private readonly _chart: Chart;
  private _lines: readonly Line[] = [];
  private _axis: Axis = { unit: '', metric: '' };
  private _readings: HTMLElement[] = [];
  private _noteText = '';
  private _hovered: number | undefined;

  /** @param long for labels of any length: the legend then wraps. */
  constructor(height = 104, long = false) {
    this.element = el('article', { class: long ? 'tile long' : 'tile' }, el('header', {}, this._title, this._note), this._legend, this._plot);
    this._chart = new Chart(this._plot, height, (time) => {
      this._hovered = time;
      this.read();
    });
  }

  /** @param filled lines come in pairs with the area between them filled; a pair shares a legend colour. */
  show(title: string, lines: readonly Line[], axis: Axis, now: number, { note = '', filled = false } = {}): void {
    setText(this._title, title);
    this._noteText = note;
    this._lines = lines;
    this._axis = axis;
    this.relabel(filled);
    this.read();
    setAttribute(this._plot, 'aria-label', `Chart of ${title}, last ${span / 60_000} minutes. ${lines.map((l) => this.extent(l)).join('; ')}`);
    this._chart.show(lines, axis, now, filled);
  }

  private relabel(filled: boolean): void {
    const labels = this._lines.slice(0, longestLegend).map((l) => l.label);
    const wanted = JSON.stringify([labels, filled]);
    if (this._legend.dataset['of'] === wanted) return;
    this._legend.dataset['of'] = wanted;
    this._readings = labels.map(() => el('b'));
    setChildren(this._legend, labels.map((label, i) => el('li', {},
      el('span', { class: filled ? `swatch line-${(i >> 1) + 1}` : `swatch line-${i + 1} dash-${i % 4}`, 'aria-hidden': 'true' }),
      el('span', { class: 'name', title: label }, label), ' ', this._readings[i]!)));
  }

  private read(): void {
    const time = this._hovered;
    setText(this._note, time === undefined ? this._noteText : `at ${clockTime(time)}`);
    this._readings.forEach((reading, i) => {
      const line = this._lines[i]!;
      const point = time === undefined ? line.current : pointAt(line.points, time);
      setText(reading, format(point && line.value(point), this._axis.unit, this._axis.metric));
    });
  }

  private extent(line: Line): string {
    const values = line.points.map(line.value).filter((v) => v !== null);
    if (values.length === 0) return `${line.label}: no data`;
    const { unit, metric } = this._axis;
    const least = values.reduce((a, b) => Math.min(a, b));
    const most = values.reduce((a, b) => Math.max(a, b));
    return `${line.label}: ${format(least, unit, metric)} to ${format(most, unit, metric)}`;
  }
}
