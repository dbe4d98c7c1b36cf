import type { Merged, Metric, WindowResult } from './model.ts';

async function get<T>(path: string, abort: AbortSignal): Promise<T> {
  const response = await fetch(path, { signal: abort, headers: { accept: 'application/json' } });
  if (!response.ok) throw new Error(`GET ${path} answered ${response.status}; the server's log says why`);
  return (await response.json()) as T;
}

export const getMetrics = (abort: AbortSignal): Promise<Metric[]> => get('api/metrics', abort);

/** @param from Unix milliseconds. */
export function getWindows(metric: string, from: number, abort: AbortSignal): Promise<WindowResult[]> {
  const query = new URLSearchParams({ metric, from: new Date(from).toISOString() });
  return get(`api/windows?${query}`, abort);
}

/** @param by the labels that are kept apart. @param from Unix milliseconds. */
export async function getMerged(window: string, metric: string, by: readonly string[], from: number, abort: AbortSignal): Promise<Merged> {
  const query = new URLSearchParams({ window, metric, by: by.join(','), from: new Date(from).toISOString() });
  const response = await fetch(`api/windows/merged?${query}`, { signal: abort, headers: { accept: 'application/json' } });
  const body = (await response.json()) as Merged & { error?: string; remedy?: string };
  if (!response.ok) throw new Error(`${body.error} ${body.remedy}`);
  return body;
}
