import { reach } from '../backfill.ts';
import { span } from '../charts.ts';
import { byId, el, setChildren, setText } from '../dom.ts';
import { count, duration, plural } from '../format.ts';
import { lineOf, type Line } from '../lines.ts';
import type { Page } from '../page.ts';
import type { Series } from '../series.ts';
import { Tile } from '../tile.ts';
import { ExplorerForm } from './explorer-form.ts';
import { labelText, matches } from './labels.ts';
import { MergedPanel } from './merged.ts';
import { longest, SeriesTable } from './series-table.ts';

const mostLines = 8;
const mostBands = 4;

/** Any metric of any window, with the series and the statistic of the reader's choice. */
export class ExplorerPanel {
  private readonly _note = byId('metrics-note');
  private readonly _description = el('p', { class: 'note' });
  private readonly _tile = new Tile(240, true);
  private readonly _table = new SeriesTable('Series');
  private readonly _listed = el('p', { class: 'note' });
  private readonly _merged = new MergedPanel();
  private readonly _empty = el('p', { class: 'empty' });
  private readonly _form: ExplorerForm;
  private readonly _content: HTMLElement[];
  private readonly _chosen: (metric: string) => void;
  private _page: Page | undefined;

  constructor(chosen: (metric: string) => void) {
    this._chosen = chosen;
    this._form = new ExplorerForm(() => {
      this._page && this.draw(this._page);
    });
    this._content = [this._form.element, this._description, this._tile.element, this._table.element, this._listed, this._merged.element];
  }

  draw(page: Page): void {
    this._page = page;
    const names = known(page);
    setText(this._note, names.length === 0 ? '' : plural(names.length, 'metric'));
    if (names.length === 0) {
      setText(this._empty, page.emptyText('metric'));
      return setChildren(byId('metrics-body'), [this._empty]);
    }
    setChildren(byId('metrics-body'), this._content);
    const metric = this._form.offerMetrics(names);
    if (metric !== page.explored) this._chosen(metric);
    this.drawMetric(page, metric);
  }

  private drawMetric(page: Page, metric: string): void {
    const windows = [...new Set([...page.store.all()].filter((s) => s.metric === metric).map((s) => s.window))];
    const offered = page.store.find(metric);
    const window = this._form.offerWindows(windows.sort(), offered[0]?.window);
    const all = page.store.find(metric, {}, window).sort((a, b) => (labelText(a) < labelText(b) ? -1 : 1));
    const axis = { unit: page.unitOf(metric), metric };
    const statistic = this._form.offerStatistics(all, axis);
    const found = all.filter((s) => matches(s, this._form.filter));
    const drawn = found.slice(0, statistic.band ? mostBands : mostLines);
    const now = page.clock.now();
    const known = page.metrics.find((m) => m.name === metric);
    setText(this._description, known ? `${known.description} ${fetched(known.series)}` : '');
    this._tile.show(metric, drawn.flatMap((s) => lines(s, statistic.parts, now)), statistic.axis, now, {
      filled: statistic.band,
      note: found.length > drawn.length ? `${drawn.length} of ${plural(found.length, 'series', 'series')} drawn; narrow with the filter` : '',
    });
    this._table.draw(found, axis, now);
    const some = found.length < all.length || found.length > longest ? `${count(Math.min(found.length, longest))} of ${plural(all.length, 'series', 'series')} listed.` : '';
    setText(this._listed, all.length === 0 ? 'No windows of this metric in the last 15 minutes.' : some);
    if (window !== undefined) this._merged.draw({ window, metric, labels: [...new Set(all.flatMap((s) => Object.keys(s.labels)))].sort(), axis }, page);
  }
}

const lines = (series: Series, parts: readonly { name: string; value: Line['value'] }[], now: number): Line[] =>
  parts.map(({ name, value }) => lineOf(parts.length > 1 ? `${labelText(series)} ${name}` : labelText(series), series, value, now));

const fetched = (series: number): string => (reach(series) < span
  ? `With ${plural(series, 'series', 'series')} only the last ${duration(reach(series) / 1_000)} were fetched; the chart fills as time passes.` : '');

/** None before the server has named them all, or the first one to come would be chosen. */
function known(page: Page): string[] {
  if (page.metrics.length === 0 && page.historyError === undefined) return [];
  const names = new Set(page.metrics.map((m) => m.name));
  for (const series of page.store.all()) names.add(series.metric);
  return [...names].sort();
}
