import type { Axis } from '../charts.ts';
import { el, setChildren, setText } from '../dom.ts';
import { lineOf, type Line } from '../lines.ts';
import { probe } from '../metrics.ts';
import type { Page } from '../page.ts';
import { answer, type ProbeRow } from '../probe-row.ts';
import { mean, quantile, type Statistic } from '../series.ts';
import { Tile } from '../tile.ts';

const ranks = [['p50', '0.5'], ['p95', '0.95'], ['p99', '0.99']] as const;
const phases = [['DNS', probe.dns], ['connect', probe.connect], ['TLS', probe.tls], ['wait', probe.wait], ['transfer', probe.transfer]] as const;

/** The chosen target over time. */
export class ProbeDetail {
  private readonly _heading = el('h3', { class: 'of', 'aria-live': 'polite' });
  private readonly _ttfb = new Tile();
  private readonly _phases = new Tile();
  private readonly _throughput = new Tile();
  private readonly _success = new Tile();
  private readonly _tiles = el('div', { class: 'tiles detail' });
  readonly element = el('div', {}, this._heading, this._tiles);

  draw(row: ProbeRow, page: Page, now: number): void {
    setText(this._heading, `${row.target} from ${row.vantage}`);
    const lines = (label: string, metric: string, value: Statistic): Line[] =>
      page.store.find(metric, row.where).slice(0, 1).map((s) => ({ ...lineOf(label, s, value, now), current: answer(row, s, now) }));
    const time = { unit: 's', metric: probe.ttfb, floor: 0, reach: 0.001 };
    const shown: [Tile, string, Line[], Axis][] = [
      [this._ttfb, 'Time to first byte', ranks.flatMap(([label, rank]) => lines(label, probe.ttfb, quantile(rank))), time],
      [this._phases, 'Phases, mean', phases.flatMap(([label, metric]) => lines(label, metric, mean)), time],
      [this._throughput, 'Throughput', lines('mean', probe.throughput, mean), { unit: 'By/s', metric: probe.throughput, floor: 0, reach: 1_000 }],
      [this._success, 'Success', lines('share', probe.success, mean), { unit: '1', metric: probe.success, floor: 0, reach: 1 }],
    ];
    const present = shown.filter(([, , drawn]) => drawn.length > 0);
    setChildren(this._tiles, present.map(([tile]) => tile.element));
    for (const [tile, title, drawn, axis] of present) tile.show(title, drawn, axis, now);
  }
}
