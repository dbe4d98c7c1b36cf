import { getMetrics, getWindows } from './api.ts';
import { span } from './charts.ts';
import { ofPanels } from './metrics.ts';
import type { Page } from './page.ts';

/** Milliseconds fetched again before the gap: data run behind, and corrections must not be missed. */
const overlap = 120_000;
/** About this many series can be fetched over the whole span; with more, the span shrinks. */
const fullSpanSeries = 60;
const atOnce = 4;

/** How far back the history of a metric is fetched, milliseconds. */
export const reach = (series: number): number => span * Math.min(1, fullSpanSeries / Math.max(1, series));

/** Fetches what the live stream has not brought: the last 15 minutes on load, the gap after a lost connection. */
export class Backfill {
  private readonly _page: Page;
  private readonly _arrived: () => void;
  private _abort = new AbortController();
  /** Unix milliseconds; what came before is here. */
  private _completeUntil = -Infinity;

  constructor(page: Page, arrived: () => void) {
    this._page = page;
    this._arrived = arrived;
  }

  /** Everything from now on is missing until {@link gap} has fetched it. */
  lost(): void {
    this._abort.abort();
    if (this._completeUntil === Infinity) this._completeUntil = this._page.clock.lastHeard();
  }

  /** Fetches what is missing of all that the page shows. */
  async gap(): Promise<void> {
    this._abort.abort();
    this._abort = new AbortController();
    const { signal } = this._abort;
    await this.reporting(signal, async () => {
      this._page.metrics = await getMetrics(signal);
      this._arrived();
      const wanted = new Set([...ofPanels, this._page.explored]);
      const queue = this._page.metrics.map((m) => m.name).filter((name) => wanted.has(name));
      const work = async (): Promise<void> => {
        for (let name = queue.shift(); name !== undefined; name = queue.shift()) {
          await this.windows(name, this._completeUntil - overlap, signal);
        }
      };
      await Promise.all(Array.from({ length: atOnce }, work));
      this._completeUntil = Infinity;
    });
  }

  /** The whole history of one metric, which the reader has just chosen. */
  async one(metric: string): Promise<void> {
    const { signal } = this._abort;
    await this.reporting(signal, () => this.windows(metric, -Infinity, signal));
  }

  /** Learns of new metrics, and tries again what failed. */
  async again(): Promise<void> {
    if (this._completeUntil !== Infinity) return this.gap();
    const { signal } = this._abort;
    await this.reporting(signal, async () => {
      this._page.metrics = await getMetrics(signal);
    });
  }

  private async windows(metric: string, since: number, abort: AbortSignal): Promise<void> {
    const series = this._page.metrics.find((m) => m.name === metric)?.series ?? 0;
    const from = Math.max(since, this._page.clock.now() - reach(series));
    this._page.store.put(await getWindows(metric, from, abort));
    this._arrived();
  }

  private async reporting(signal: AbortSignal, work: () => Promise<void>): Promise<void> {
    try {
      await work();
      this._page.historyError = undefined;
    } catch (error) {
      if (signal.aborted) return;
      // The live stream goes on without history; the page says what it lacks.
      this._page.historyError = error instanceof Error ? error.message : String(error);
    }
    this._arrived();
  }
}
