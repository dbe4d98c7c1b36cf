import type { Page } from '../page.ts';

export const hosts = (page: Page): string[] => page.store.labelValues('hardware.', 'host');

/** The chosen host, or the first where none is chosen or the chosen one has gone. */
export function hostOf(page: Page): string | undefined {
  const all = hosts(page);
  return page.host !== undefined && all.includes(page.host) ? page.host : all[0];
}
