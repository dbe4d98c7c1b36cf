import { byId, el, setChildren, setText } from '../dom.ts';
import { duration, format, plural } from '../format.ts';
import { hardware } from '../metrics.ts';
import type { Page } from '../page.ts';
import { Tile } from '../tile.ts';
import { FilesystemTile } from './filesystems.ts';
import { hardwareTiles } from './hardware-tiles.ts';
import { hostOf, hosts } from './hosts.ts';

/** One machine: a tile for each thing that it has. */
export class HardwarePanel {
  private readonly _body = byId('hardware-body');
  private readonly _note = byId('hardware-note');
  private readonly _label = byId('host-label');
  private readonly _select = byId<HTMLSelectElement>('host');
  private readonly _empty = el('p', { class: 'empty' });
  private readonly _tiles = hardwareTiles.map((spec) => ({ spec, tile: new Tile() }));
  private readonly _filesystems = new FilesystemTile();
  private _page: Page | undefined;

  constructor(changed: () => void) {
    this._select.addEventListener('change', () => {
      if (this._page) this._page.host = this._select.value;
      changed();
    });
  }

  draw(page: Page): void {
    this._page = page;
    const host = hostOf(page);
    this.drawSelector(page, host);
    const now = page.clock.now();
    const present: HTMLElement[] = [];
    for (const { spec, tile } of this._tiles) {
      const { lines, note, title } = spec.read(page.store, host ?? '', now);
      if (lines.length === 0) continue;
      present.push(tile.element);
      tile.show(title, lines, { ...spec.axis, unit: page.unitOf(spec.axis.metric) }, now, { note });
    }
    if (host !== undefined && this._filesystems.draw(page.store, host, now)) present.push(this._filesystems.element);
    if (present.length === 0) setText(this._empty, page.emptyText('hardware'));
    setChildren(this._body, present.length === 0 ? [this._empty] : present);
    setText(this._note, host === undefined ? '' : facts(page, host, now));
  }

  private drawSelector(page: Page, host: string | undefined): void {
    const all = hosts(page);
    this._label.hidden = all.length < 2;
    if ([...this._select.options].map((o) => o.value).join('\n') !== all.join('\n')) {
      this._select.replaceChildren(...all.map((name) => el('option', { value: name }, name)));
    }
    if (host !== undefined && this._select.value !== host) this._select.value = host;
  }
}

function facts(page: Page, host: string, now: number): string {
  const one = (metric: string): number | undefined => page.store.find(metric, { host })[0]?.current(now)?.mean;
  const byStatus = page.store.find(hardware.processes, { host }).map((s) => s.current(now)?.mean ?? 0);
  const cores = page.store.find(hardware.cpu, { host }).filter((s) => s.labels['cpu'] !== 'total').length;
  const uptime = one(hardware.uptime);
  return [
    host,
    ...(cores > 0 ? [plural(cores, 'core')] : []),
    ...(byStatus.length === 0 ? [] : [`${format(Math.round(byStatus.reduce((a, b) => a + b)), '')} processes`]),
    ...(uptime === undefined ? [] : [`up ${duration(uptime)}`]),
  ].join(' · ');
}
