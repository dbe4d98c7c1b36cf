import type { Metric, WindowResult } from './model.ts';

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
