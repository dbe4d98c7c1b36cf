import type { PipelineState, Verdict, WindowResult } from './model.ts';
import { backOff } from './backoff.ts';

export interface StreamListener {
  onWindows(results: WindowResult[]): void;
  onVerdict(verdict: Verdict): void;
  onPipeline(state: PipelineState): void;
  /** The connection stands; what was sent meanwhile has to be fetched. */
  onConnected(): void;
  onLost(): void;
}

/** The server speaks once a second; after this long without a word the connection counts as lost. Milliseconds. */
const patience = 6_000;

/** Keeps one event stream open: notices when it falls silent and tries again, with growing pauses. */
export class Stream {
  private readonly _listener: StreamListener;
  private _source: EventSource | undefined;
  private _heardAt = 0;
  private _failures = 0;
  private _retryAt: number | undefined;

  constructor(listener: StreamListener) {
    this._listener = listener;
    setInterval(() => this.watch(), 500);
    addEventListener('online', () => this.retryNow());
    document.addEventListener('visibilitychange', () => this.retryNow());
    this.open();
  }

  /** Milliseconds until the next attempt; undefined while there is a connection or an attempt under way. */
  get retryIn(): number | undefined {
    return this._retryAt === undefined ? undefined : Math.max(0, this._retryAt - performance.now());
  }

  private open(): void {
    this._retryAt = undefined;
    this._heardAt = performance.now();
    const source = new EventSource('api/stream');
    this._source = source;
    source.onopen = () => this._listener.onConnected();
    source.onerror = () => this.lose();
    this.on<WindowResult[]>(source, 'windows', (results) => this._listener.onWindows(results));
    this.on<Verdict>(source, 'verdict', (verdict) => this._listener.onVerdict(verdict));
    this.on<PipelineState>(source, 'pipeline', (state) => this._listener.onPipeline(state));
  }

  private on<T>(source: EventSource, event: string, take: (data: T) => void): void {
    source.addEventListener(event, (message: MessageEvent<string>) => {
      this._heardAt = performance.now();
      this._failures = 0;
      take(JSON.parse(message.data) as T);
    });
  }

  private watch(): void {
    const now = performance.now();
    if (this._retryAt !== undefined && now >= this._retryAt) this.open();
    else if (this._source && now - this._heardAt > patience) this.lose();
  }

  private lose(): void {
    this._source?.close();
    this._source = undefined;
    this._retryAt = performance.now() + backOff(this._failures++, Math.random());
    this._listener.onLost();
  }

  private retryNow(): void {
    if (this._retryAt !== undefined && !document.hidden) this.open();
  }
}
