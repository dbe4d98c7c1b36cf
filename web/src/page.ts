import { ServerClock } from './clock.ts';
import { span } from './charts.ts';
import { History } from './history.ts';
import { ofPanels } from './metrics.ts';
import type { Metric, PipelineState, Verdict } from './model.ts';
import { defaultLimits, Store } from './store.ts';

export type Connection = 'connecting' | 'live' | 'lost';

/** All that the panels draw from. */
export class Page {
  readonly clock = new ServerClock(() => performance.now(), () => Date.now());
  readonly store = new Store((metric) => (panelMetrics.has(metric) ? 2 : metric === this.explored ? 1 : 0), { ...defaultLimits, span });
  readonly recordsPerSecond = new History(span);
  readonly lag = new History(span);
  readonly startedAt = performance.now();
  metrics: readonly Metric[] = [];
  verdict: Verdict | undefined;
  pipeline: PipelineState | undefined;
  connection: Connection = 'connecting';
  /** Milliseconds until the next attempt to connect. */
  retryIn: number | undefined;
  /** The host whose hardware is shown. */
  host: string | undefined;
  /** The metric chosen under "All metrics". */
  explored: string | undefined;
  /** Why history could not be fetched. */
  historyError: string | undefined;

  unitOf(metric: string): string {
    return this.metrics.find((m) => m.name === metric)?.unit ?? '';
  }

  /** Seconds since the newest data were measured; null where nothing is known. */
  dataAge(): number | null {
    const age = this.verdict?.dataAgeSeconds;
    return age === undefined || age === null ? null : age + this.clock.silence() / 1_000;
  }

  putPipeline(state: PipelineState): void {
    this.pipeline = state;
    const time = Date.parse(state.time);
    this.recordsPerSecond.put(time, state.recordsPerSecond);
    this.lag.put(time, worstLag(state));
  }

  /** What an empty section says: in the first seconds that it is early, later that there is nothing. */
  emptyText(what: string): string {
    if (this.connection !== 'live') return `No ${what} data received.`;
    return performance.now() - this.startedAt < 15_000 ? 'No data yet. The first windows close within 15 seconds.' : `No ${what} data in the last 15 minutes.`;
  }
}

/** Seconds that the slowest stage is behind. */
export const worstLag = (state: PipelineState): number => state.lag.reduce((worst, l) => Math.max(worst, l.seconds), 0);

const panelMetrics = new Set(ofPanels);
