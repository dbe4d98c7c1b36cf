import { byId, el, setChildren, setText } from '../dom.ts';
import { count, missing, quantity, type Quantity } from '../format.ts';
import { hardware, probe } from '../metrics.ts';
import { worstLag, type Page } from '../page.ts';
import { hosts } from './hosts.ts';

interface Cell { cell: HTMLElement; title: HTMLElement; value: HTMLElement; unit: HTMLElement }

type Vital = [name: string, read: (page: Page) => Quantity | undefined];

/** The few figures for somebody who has two seconds; of several hosts the highest. What this installation lacks is not listed. */
export class VitalsPanel {
  private readonly _list = byId('vitals');
  private readonly _cells = new Map<string, Cell>();

  draw(page: Page): void {
    const present: HTMLElement[] = [];
    for (const [name, read] of vitals) {
      const figure = read(page);
      if (!figure) continue;
      const { cell, title, value, unit } = this.cell(name);
      setText(title, hosts(page).length > 1 && ofHosts.has(name) ? `${name} max` : name);
      setText(value, figure.text);
      setText(unit, figure.unit === '' ? '' : `\u202f${figure.unit}`);
      present.push(cell);
    }
    setChildren(this._list, present);
  }

  private cell(name: string): Cell {
    const known = this._cells.get(name);
    if (known) return known;
    const [title, value, unit] = [el('dt'), el('span'), el('small')];
    const made = { cell: el('div', {}, title, el('dd', {}, value, unit)), title, value, unit };
    this._cells.set(name, made);
    return made;
  }
}

const ofHosts = new Set(['CPU', 'Memory']);

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
  const all = page.store.find(metric, where);
  if (all.length === 0) return undefined;
  const now = page.clock.now();
  const current = all.map((s) => s.current(now)?.mean).filter((v) => v !== undefined);
  return current.length === 0 ? missing : quantity(Math.max(...current), '1', metric);
}
