import { byId, el, setChildren, setText } from '../dom.ts';
import { count, missing, quantity, type Quantity } from '../format.ts';
import { hardware, probe } from '../metrics.ts';
import { worstLag, type Page } from '../page.ts';
import { hostOf } from './hosts.ts';

type Vital = [name: string, read: (page: Page) => Quantity | undefined];

/** The few figures for somebody who has two seconds. What this installation lacks is not listed. */
export class VitalsPanel {
  private readonly _list = byId('vitals');
  private readonly _cells = new Map<string, { cell: HTMLElement; value: HTMLElement; unit: HTMLElement }>();

  draw(page: Page): void {
    const present: HTMLElement[] = [];
    for (const [name, read] of vitals) {
      const figure = read(page);
      if (!figure) continue;
      const { cell, value, unit } = this.cell(name);
      setText(value, figure.text);
      setText(unit, figure.unit === '' ? '' : `\u202f${figure.unit}`);
      present.push(cell);
    }
    setChildren(this._list, present);
  }

  private cell(name: string): { cell: HTMLElement; value: HTMLElement; unit: HTMLElement } {
    const known = this._cells.get(name);
    if (known) return known;
    const [value, unit] = [el('span'), el('small')];
    const made = { cell: el('div', {}, el('dt', {}, name), el('dd', {}, value, unit)), value, unit };
    this._cells.set(name, made);
    return made;
  }
}

const vitals: Vital[] = [
  ['Probes up', probesUp],
  ['CPU', (page) => ratioOf(page, hardware.cpu, { cpu: 'total' })],
  ['Memory', (page) => ratioOf(page, hardware.memory)],
  ['Records', (page) => page.pipeline && quantity(page.pipeline.recordsPerSecond, '{/s}')],
  ['Lag', (page) => page.pipeline && quantity(worstLag(page.pipeline), 's')],
  ['Unaccounted', (page) => page.pipeline && {
    text: count(page.pipeline.ledger.reduce((sum, entry) => sum + Math.abs(entry.difference), 0)), unit: '' }],
];

function probesUp(page: Page): Quantity | undefined {
  const all = page.store.find(probe.success);
  if (all.length === 0) return undefined;
  const now = page.clock.now();
  const up = all.filter((s) => s.current(now)?.mean === 1).length;
  return { text: `${up}/${all.length}`, unit: '' };
}

function ratioOf(page: Page, metric: string, where: Record<string, string> = {}): Quantity | undefined {
  const host = hostOf(page);
  const [series] = host === undefined ? [] : page.store.find(metric, { host, ...where });
  if (!series) return undefined;
  const current = series.current(page.clock.now());
  return current ? quantity(current.mean, '1', metric) : missing;
}
