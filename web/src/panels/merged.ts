import { getMerged } from '../api.ts';
import type { Axis } from '../charts.ts';
import { el, setChildren, setText } from '../dom.ts';
import { plural } from '../format.ts';
import type { Merged } from '../model.ts';
import type { Page } from '../page.ts';
import { Series } from '../series.ts';
import { field, offer } from './explorer-form.ts';
import { longest, SeriesTable } from './series-table.ts';

export interface MergedChoice { window: string; metric: string; labels: readonly string[]; axis: Axis }

const minute = 60_000;
const times: Readonly<Record<string, number>> = { '5 minutes': 5 * minute, '15 minutes': 15 * minute, '1 hour': 60 * minute, '6 hours': 360 * minute };

/** How long what was fetched is shown as the present, milliseconds. */
const fresh = 10_000;

/** The results of a window put together over places and times: quantiles of all samples, which the server merges. Asks only while it is open. */
export class MergedPanel {
  private readonly _time = el('select');
  private readonly _by = el('fieldset', { class: 'by' }, el('legend', {}, 'Keep apart'));
  private readonly _note = el('p', { class: 'note' });
  private readonly _table = new SeriesTable('Merged results');
  readonly element = el('details', { class: 'merged' }, el('summary', {}, 'Merged over places and times'),
    el('form', { class: 'form', 'aria-label': 'What is merged' }, field('Last', this._time), this._by), this._table.element, this._note);
  private _boxes: HTMLInputElement[] = [];
  private _abort = new AbortController();
  private _asked = '';
  private _askedAt = -Infinity;

  constructor() {
    offer(this._time, Object.keys(times), '15 minutes');
    this.element.addEventListener('submit', (event) => event.preventDefault());
    for (const event of ['input', 'toggle']) this.element.addEventListener(event, () => this._redraw());
  }

  draw(choice: MergedChoice, page: Page): void {
    this._redraw = () => this.draw(choice, page);
    this.offerLabels(choice.labels);
    if (!this.element.open) return;
    const by = this._boxes.filter((box) => box.checked).map((box) => box.value);
    const wanted = JSON.stringify([choice.window, choice.metric, by, this._time.value]);
    if (wanted === this._asked && performance.now() - this._askedAt < fresh) return;
    [this._asked, this._askedAt] = [wanted, performance.now()];
    void this.ask(choice, by, page);
  }

  private _redraw: () => void = () => {};

  private offerLabels(labels: readonly string[]): void {
    if (this._boxes.map((box) => box.value).join('\n') === labels.join('\n')) return;
    const chosen = new Set(this._boxes.filter((box) => box.checked).map((box) => box.value));
    this._boxes = labels.map((label) => el('input', { type: 'checkbox', value: label }));
    for (const box of this._boxes) box.checked = chosen.has(box.value);
    setChildren(this._by, [this._by.firstElementChild!, ...this._boxes.map((box) => el('label', {}, box, ` ${box.value}`))]);
  }

  private async ask(choice: MergedChoice, by: readonly string[], page: Page): Promise<void> {
    this._abort.abort();
    this._abort = new AbortController();
    const { signal } = this._abort;
    try {
      const merged = await getMerged(choice.window, choice.metric, by, page.clock.now() - times[this._time.value]!, signal);
      this.show(merged, choice.axis, page.clock.now());
    } catch (error) {
      if (signal.aborted) return;
      this._table.draw([], choice.axis, page.clock.now());
      setText(this._note, `Not merged: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  private show({ groups, leftOut }: Merged, axis: Axis, now: number): void {
    this._table.draw(groups.map(asSeries), axis, now);
    const out = leftOut.unlabelled + leftOut.withoutSketch + leftOut.unreadable;
    const merged = groups.reduce((sum, group) => sum + group.results, 0);
    setText(this._note, [
      merged === 0 ? 'No results in this time.' : `${plural(merged, 'result')} merged, no sample counted twice.`,
      groups.length > longest ? `${longest} of ${groups.length} groups listed.` : '',
      out > 0 ? `✕ ${plural(out, 'result')} left out: ${leftOut.unlabelled} lack a label, ${leftOut.withoutSketch} a sketch, ${leftOut.unreadable} cannot be read.` : '',
    ].filter((sentence) => sentence !== '').join(' '));
  }
}

function asSeries(group: Merged['groups'][number]): Series {
  const series = new Series(JSON.stringify(group.labels), group);
  series.put(group);
  return series;
}
