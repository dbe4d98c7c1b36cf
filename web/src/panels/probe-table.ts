import { span } from '../charts.ts';
import { el, setAttribute, setText } from '../dom.ts';
import { availability, count, duration, format, shown } from '../format.ts';
import { probe } from '../metrics.ts';
import type { Page } from '../page.ts';
import { answer, type ProbeRow, type ProbeState } from '../probe-row.ts';
import type { Point } from '../series.ts';
import { Table } from '../table.ts';
import { StripBar } from './strip-bar.ts';

const words: Record<ProbeState, string> = { up: '✓ Up', partly: '▲ Partly', down: '✕ Down', silent: '? No data' };

const columns = [
  { name: 'Target' },
  { name: 'Vantage' },
  { name: 'State' },
  { name: 'Now', numeric: true, explain: 'Share of successful probes in the latest window' },
  { name: '15 min', numeric: true, explain: 'Share of successful probes in the last 15 minutes, rounded down' },
  { name: 'History', explain: 'Each bar is 30 seconds; a tall bar is a failure' },
  { name: 'TTFB p50', numeric: true, explain: 'Time to first byte in the latest window' },
  { name: 'TTFB p95', numeric: true },
  { name: 'TTFB p99', numeric: true },
  { name: 'Throughput', numeric: true },
  { name: 'HTTP', numeric: true, explain: 'Last status code' },
  { name: 'Certificate', numeric: true, explain: 'Time until the certificate expires' },
  { name: 'Probes', numeric: true, explain: 'Probes in the latest window' },
];

/** One line for each target and vantage point, with a button that chooses it for the charts. */
export class ProbeTable {
  private readonly _table = new Table('Probes by target and vantage point', columns);
  private readonly _choose: (key: string) => void;
  private _kept = new Map<string, { button: HTMLButtonElement; strip: StripBar }>();

  constructor(choose: (key: string) => void) {
    this._choose = choose;
  }

  get element(): HTMLElement {
    return this._table.element;
  }

  draw(rows: readonly ProbeRow[], chosen: string, page: Page, now: number): void {
    const kept = new Map(rows.map((row) => [row.key, this._kept.get(row.key) ?? this.parts(row)]));
    this._kept = kept;
    this._table.draw(rows.map((row) => {
      const { button, strip } = kept.get(row.key)!;
      setAttribute(button, 'aria-pressed', String(row.key === chosen));
      strip.draw(row.success.points, now, span);
      return { key: row.key, state: row.state, cells: [button, row.vantage, words[row.state], ...this.figures(row, strip, page, now)] };
    }));
  }

  private figures(row: ProbeRow, strip: StripBar, page: Page, now: number): (string | HTMLElement)[] {
    const point = (metric: string): Point | undefined => answer(row, page.store.find(metric, row.where)[0], now);
    const ttfb = point(probe.ttfb)?.quantiles;
    return [
      shown(availability(row.current?.mean)),
      shown(availability(row.availability)),
      strip.element,
      ...['0.5', '0.95', '0.99'].map((rank) => format(ttfb?.[rank], 's', probe.ttfb)),
      format(point(probe.throughput)?.mean, 'By/s', probe.throughput),
      status(point(probe.status)),
      expiry(point(probe.certificate)?.min),
      count(row.current?.count),
    ];
  }

  private parts(row: ProbeRow): { button: HTMLButtonElement; strip: StripBar } {
    const button = el('button', { type: 'button', class: 'choose', title: row.target });
    setText(button, row.target);
    button.addEventListener('click', () => this._choose(row.key));
    return { button, strip: new StripBar() };
  }
}

/** A mean of status codes is no status code: where they differ, both ends are shown. */
const status = (point: Point | undefined): string =>
  (!point ? '–' : point.min === point.max ? String(point.max) : `${point.min}–${point.max}`);

const expiry = (seconds: number | undefined): string =>
  (seconds === undefined ? '–' : seconds <= 0 ? 'expired' : duration(seconds).split(' ')[0]!);
