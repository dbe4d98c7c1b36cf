import { el, setAttribute, setChildren, setText } from './dom.ts';

export interface ColumnSpec { name: string; numeric?: boolean; explain?: string }

export interface Row {
  key: string;
  /** The first cell is the row's heading. */
  cells: readonly (string | HTMLElement)[];
  /** For the style sheet; never the only place that says it. */
  state?: string;
}

/**
 * A table whose rows are kept by key, so that focus survives a redraw. On a phone the style sheet turns rows into cards,
 * which takes the meaning of a table away in some browsers; hence the explicit roles.
 */
export class Table {
  readonly element: HTMLElement;
  private readonly _columns: readonly ColumnSpec[];
  private readonly _body = el('tbody', { role: 'rowgroup' });
  private _rows = new Map<string, HTMLElement[]>();

  constructor(caption: string, columns: readonly ColumnSpec[]) {
    this._columns = columns;
    const head = columns.map((c) => el('th', { scope: 'col', role: 'columnheader', ...kind(c), ...(c.explain ? { title: c.explain } : {}) }, c.name));
    this.element = el('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': caption },
      el('table', { role: 'table', 'aria-label': caption },
        el('thead', { role: 'rowgroup' }, el('tr', { role: 'row' }, ...head)), this._body));
  }

  draw(rows: readonly Row[]): void {
    const kept = new Map<string, HTMLElement[]>();
    const elements = rows.map((row) => {
      const cells = this._rows.get(row.key) ?? this.cells();
      kept.set(row.key, cells);
      row.cells.forEach((content, i) => (typeof content === 'string' ? setText(cells[i]!, content) : setChildren(cells[i]!, [content])));
      const element = cells[0]!.parentElement!;
      setAttribute(element, 'data-state', row.state ?? '');
      return element;
    });
    this._rows = kept;
    setChildren(this._body, elements);
  }

  private cells(): HTMLElement[] {
    const cells = this._columns.map((c, i) => (i === 0
      ? el('th', { scope: 'row', role: 'rowheader' })
      : el('td', { role: 'cell', 'data-name': c.name, ...kind(c) })));
    el('tr', { role: 'row' }, ...cells);
    return cells;
  }
}

const kind = (column: ColumnSpec): Record<string, string> => (column.numeric ? { class: 'number' } : {});
