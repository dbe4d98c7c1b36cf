import { el, setChildren, setText } from '../dom.ts';
import { format } from '../format.ts';
import { hardware } from '../metrics.ts';
import type { Series } from '../series.ts';
import type { Store } from '../store.ts';

const longest = 6;

/** How full each file system is, fullest first. Fullness moves slowly, so the present matters and not its history. */
export class FilesystemTile {
  private readonly _note = el('span', { class: 'note' });
  private readonly _list = el('ul', { class: 'bars' });
  private readonly _rows = new Map<string, { row: HTMLElement; bar: HTMLElement; value: HTMLElement }>();
  readonly element = el('article', { class: 'tile' }, el('header', {}, el('h3', {}, 'File systems'), this._note), this._list);

  /** False where this machine has none. */
  draw(store: Store, host: string, now: number): boolean {
    const all = store.find(hardware.filesystem, { host });
    const fullness = (s: Series): number => s.latest?.mean ?? 0;
    const fullest = all.toSorted((a, b) => fullness(b) - fullness(a)).slice(0, longest);
    setText(this._note, all.length > longest ? `fullest ${longest} of ${all.length}` : '');
    for (const key of this._rows.keys()) if (!fullest.some((s) => s.key === key)) this._rows.delete(key);
    setChildren(this._list, fullest.map((s) => {
      const { row, bar, value } = this.row(s);
      const current = s.current(now)?.mean;
      bar.style.inlineSize = `${100 * Math.min(1, Math.max(0, current ?? 0))}%`;
      setText(value, format(current, '1', hardware.filesystem));
      return row;
    }));
    return all.length > 0;
  }

  private row(series: Series): { row: HTMLElement; bar: HTMLElement; value: HTMLElement } {
    const known = this._rows.get(series.key);
    if (known) return known;
    const name = series.labels['mountpoint'] ?? '';
    const [bar, value] = [el('span'), el('b')];
    const row = el('li', {}, el('span', { class: 'name', title: name }, name), el('span', { class: 'bar', 'aria-hidden': 'true' }, bar), value);
    const made = { row, bar, value };
    this._rows.set(series.key, made);
    return made;
  }
}
