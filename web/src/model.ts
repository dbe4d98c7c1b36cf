/** What the server sends. Times are RFC 3339, durations seconds. */

export type VerdictLevel = 'healthy' | 'degraded' | 'unhealthy' | 'unknown';

export interface Reason { severity: string; about: string; text: string }

export interface Verdict {
  verdict: VerdictLevel;
  reasons: Reason[];
  dataAgeSeconds: number | null;
  time: string;
}

export interface Metric {
  name: string;
  unit: string;
  description: string;
  labels: string[];
  series: number;
  windows: string[];
}

export type Labels = Readonly<Record<string, string>>;

/** What only some windows ask for. */
export interface Further {
  standardDeviation?: number | undefined;
  increase?: number | undefined;
  increaseRate?: number | undefined;
  /** By threshold, the share of the samples above it. */
  above?: Readonly<Record<string, number>> | undefined;
  distinct?: number | undefined;
  ewma?: number | undefined;
  /** The mean of the same window on earlier days. */
  baseline?: number | undefined;
  /** How far the mean lies above that, as a share of it. */
  change?: number | undefined;
}

export interface WindowResult extends Further {
  window: string;
  metric: string;
  labels: Labels;
  start: string;
  end: string;
  revision: number;
  count: number;
  sum: number;
  min: number;
  max: number;
  mean: number;
  rate?: number | null;
  quantiles?: Readonly<Record<string, number>>;
}

/** Results of one window, merged over places and times. */
export interface Merged {
  groups: (WindowResult & { results: number })[];
  leftOut: { overlapping: number; unlabelled: number; withoutSketch: number; unreadable: number };
}

export interface Lag { stage: string; partition: number; records: number; seconds: number }

export interface LedgerEntry {
  name: string;
  in: number;
  out: number;
  held: number;
  late: number;
  duplicate: number;
  malformed: number;
  filtered: number;
  rejected: number;
  overflow: number;
  difference: number;
}

export interface Topic {
  name: string;
  partitions: { partition: number; first: number; end: number; bytes?: number }[];
}

export interface PipelineState {
  time: string;
  recordsPerSecond: number;
  lag: Lag[];
  ledger: LedgerEntry[];
  topics: Topic[];
  node: string;
  version: string;
  uptimeSeconds: number;
}
