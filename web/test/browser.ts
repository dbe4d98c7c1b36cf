import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';

export const launch = (): Promise<Browser> => chromium.launch({
  executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync'],
});

export interface Watched { page: Page; errors: string[]; foreign: string[]; close(): Promise<void> }

/** Opens the page and notes what it must not do: log an error, break the policy, ask another server. */
export async function visit(browser: Browser, address: string, options: BrowserContextOptions = {}): Promise<Watched> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
  const page = await context.newPage();
  const [errors, foreign]: [string[], string[]] = [[], []];
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  page.on('pageerror', (error) => errors.push(String(error)));
  page.on('request', (request) => !request.url().startsWith(address) && foreign.push(request.url()));
  await page.goto(address);
  return { page, errors, foreign, close: () => context.close() };
}
