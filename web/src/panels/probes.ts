import { span } from '../charts.ts';
import { byId, el, setChildren, setText } from '../dom.ts';
import { plural } from '../format.ts';
import { probe } from '../metrics.ts';
import type { Page } from '../page.ts';
import { probeRows, type ProbeRow } from '../probe-row.ts';
import { ProbeDetail } from './probe-detail.ts';
import { ProbeTable } from './probe-table.ts';

/** What the probes say of their targets: a table, and charts of the chosen one. */
export class ProbesPanel {
  private readonly _body = byId('probes-body');
  private readonly _note = byId('probes-note');
  private readonly _empty = el('p', { class: 'empty' });
  private readonly _table = new ProbeTable((key) => this.choose(key));
  private readonly _detail = new ProbeDetail();
  private _chosen: string | undefined;
  private _byReader = false;
  private _page: Page | undefined;

  draw(page: Page): void {
    this._page = page;
    const now = page.clock.now();
    const rows = probeRows(page.store, now);
    setText(this._note, rows.length === 0 ? '' : summary(rows));
    if (rows.length === 0) {
      setText(this._empty, page.emptyText('probe'));
      return setChildren(this._body, [this._empty]);
    }
    setChildren(this._body, [this._table.element, this._detail.element]);
    const chosen = this.chosen(rows, page);
    this._chosen = chosen.key;
    this._table.draw(rows, chosen.key, page, now);
    this._detail.draw(chosen, page, now);
  }

  /**
   * What the reader has chosen; else the most urgent target that has answered at all, for the others have no charts. It
   * stays when another becomes more urgent: the charts must not change under the reader's eyes.
   */
  private chosen(rows: readonly ProbeRow[], page: Page): ProbeRow {
    const answered = (row: ProbeRow): boolean => page.store.find(probe.ttfb, row.where).length > 0;
    return rows.find((r) => r.key === this._chosen && (this._byReader || answered(r))) ?? rows.find(answered) ?? rows[0]!;
  }

  private choose(key: string): void {
    this._chosen = key;
    this._byReader = true;
    if (this._page) this.draw(this._page);
  }
}

function summary(rows: readonly ProbeRow[]): string {
  const targets = new Set(rows.map((r) => r.target)).size;
  const vantages = new Set(rows.map((r) => r.vantage)).size;
  return `${plural(targets, 'target')} from ${plural(vantages, 'vantage point')} · last ${span / 60_000}\u202fmin`;
}
