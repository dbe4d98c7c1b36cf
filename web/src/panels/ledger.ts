import { count } from '../format.ts';
import type { LedgerEntry } from '../model.ts';
import { Table } from '../table.ts';

const drops = ['late', 'duplicate', 'malformed', 'filtered', 'rejected', 'overflow'] as const;

const columns = [
  { name: 'Account' },
  { name: 'Unaccounted', numeric: true, explain: 'In minus everything else; 0 in a sound pipeline' },
  ...['in', 'out', 'held', ...drops].map((name) => ({ name: name[0]!.toUpperCase() + name.slice(1), numeric: true })),
];

/** Where every record went. A zero is quiet, so that what was given up stands out. */
export class LedgerTable {
  private readonly _table = new Table('Loss ledger', columns);

  get element(): HTMLElement {
    return this._table.element;
  }

  draw(entries: readonly LedgerEntry[]): void {
    this._table.draw(entries.map((entry) => ({
      key: entry.name,
      state: entry.difference === 0 ? '' : 'unbalanced',
      cells: [entry.name, entry.difference === 0 ? '✓ 0' : `✕ ${count(entry.difference)}`,
        count(entry.in), count(entry.out), count(entry.held), ...drops.map((d) => quiet(entry[d]))],
    })));
  }
}

const quiet = (n: number): string => (n === 0 ? '·' : count(n));
