import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { launch, visit, type Watched } from './browser.ts';
import { MockServer } from './mock-server.ts';
import type { World } from './world.ts';
import * as worlds from './worlds.ts';
import { violations } from './axe.ts';

const root = fileURLToPath(new URL('../../../../src/Host/wwwroot', import.meta.url));
const phone = { width: 360, height: 740 };
let browser: Browser;

before(async () => {
  browser = await launch();
});
after(() => browser.close());

/** Visits a world, waits until it is live, and in the end asks that the page behaved. */
async function inWorld(world: World, look: (visit: Watched, server: MockServer) => Promise<void>, options: Parameters<typeof visit>[2] = {}, refused = false): Promise<void> {
  const server = new MockServer(root, world);
  const visited = await visit(browser, await server.start(), options);
  try {
    await visited.page.locator('body[data-connection=live]').waitFor({ timeout: 20_000 });
    await look(visited, server);
    if (!refused) deepEqual(visited.errors, [], 'errors on the console');
    deepEqual(visited.foreign, [], 'requests to other servers');
  } finally {
    await visited.close();
    await server.stop();
  }
}

const text = async (page: Page, selector: string): Promise<string> =>
  (await page.locator(selector).first().innerText({ timeout: 20_000 })).replaceAll('\u202f', ' ').replace(/\s+/g, ' ').trim();

/** Waits until it reads so: the page fills in its own time. */
const shows = async (page: Page, selector: string, pattern: RegExp): Promise<void> => {
  const end = performance.now() + 20_000;
  while (!pattern.test(await text(page, selector)) && performance.now() < end) await page.waitForTimeout(100);
  match(await text(page, selector), pattern);
};

const choice = (page: Page, name: string) => page.getByRole('combobox', { name: new RegExp(`^${name}`) });

const fits = (page: Page): Promise<boolean> =>
  page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth);

// Most of a test is waiting for the page's clock, so several run at once.
describe('the page', { concurrency: 4 }, () => {
  test('the verdict, its reasons and the age of the data are on top', () => inWorld(worlds.degraded, async ({ page }) => {
    await page.getByText('Degraded', { exact: true }).waitFor();
    await shows(page, '#reasons', /rpc\.example no successful probe/);
    await shows(page, '#verdict-age', /^Data [3-9] s old$/);
    match(await page.title(), /^▲ Degraded/);
    equal(await page.locator('#verdict-word').getAttribute('role'), 'status');
  }));

  test('history and stream fill probes, hardware and pipeline', () => inWorld(worlds.degraded, async ({ page }) => {
    await page.locator('#probes tbody tr').nth(4).waitFor();
    await shows(page, '#probes tbody tr[data-state=down]', /rpc\.example sfo-2 ✕ Down 0 % 0 %/);
    await shows(page, '#probes tr:has-text("mission control")', /✓ Up 100 % 100 % \d.* ms .* 200 /);
    await page.locator('#hardware .tile').nth(7).waitFor();
    await shows(page, '#hardware-note', / 4 cores · 213 processes · up /);
    deepEqual(await page.locator('#hardware h3').allInnerTexts(), [
      'CPU', 'Memory', 'Pressure', 'Load, 1 minute', 'Disk nvme0n1', 'Network eth0', 'Temperature', 'File systems']);
    await shows(page, '#pipeline tr:has-text("window hardware")', /window hardware ✓ 0 2,915,004 2,914,871 120 13 · · · · ·/);
    await shows(page, '#pipeline-note', /records\/s · .* behind · the ledger balances/);
    ok(await page.locator('#hardware canvas').count() >= 6);
  }));

  test('figures change by themselves', () => inWorld(worlds.healthy, async ({ page }) => {
    const seen = await text(page, '#vitals');
    await page.waitForFunction((old) => document.querySelector('#vitals')?.textContent?.replaceAll('\u202f', ' ') !== old, seen, { timeout: 20_000 });
  }));

  test('of several hosts one is chosen', () => inWorld(worlds.degraded, async ({ page }) => {
    await choice(page, 'Host').selectOption('edge-sfo-2');
    await page.locator('#hardware-note', { hasText: 'edge-sfo-2' }).waitFor();
  }));

  test('with one host there is no choice', () => inWorld(worlds.healthy, async ({ page }) => {
    await page.locator('#hardware .tile').first().waitFor();
    equal(await choice(page, 'Host').isVisible(), false);
  }));

  test('what a machine lacks is absent', () => inWorld(worlds.poor, async ({ page }) => {
    await page.locator('#hardware .tile').first().waitFor();
    deepEqual(await page.locator('#hardware h3').allInnerTexts(), ['Memory']);
    await shows(page, '#probes tbody tr', /never up home ✕ Down 0 % 0 % – – – – – – 7/);
  }));

  test('without data the page says so', () => inWorld(worlds.empty, async ({ page }) => {
    await shows(page, '#verdict-word', /Unknown/);
    await shows(page, '#hardware-body', /No data yet/);
    await shows(page, '#probes-body', /No data yet/);
    await page.getByText('No hardware data in the last 15 minutes.').waitFor({ timeout: 20_000 });
  }));

  test('hostile labels are text', () => inWorld(worlds.hostile, async ({ page }) => {
    await page.locator('#hardware .tile').first().waitFor();
    for (const place of ['#reasons', '#probes', '#pipeline']) await page.locator(place).filter({ hasText: worlds.xss }).waitFor();
    ok(((await page.locator('#host').textContent()) ?? '').includes(worlds.xss));
    equal(await page.locator('img, main script').count(), 0);
    equal(await page.evaluate('window.pwned'), undefined);
    ok(await fits(page));
    await page.setViewportSize(phone);
    ok(await fits(page), 'on a phone');
  }));

  test('more series than the page holds leave the panels alone and are named', () => inWorld(worlds.many, async ({ page }) => {
    await page.locator('#probes tbody tr').nth(2).waitFor();
    await page.getByText(/This page holds 500 series; \d+ more found no room/).waitFor({ timeout: 20_000 });
    await page.locator('#hardware .tile').nth(7).waitFor();
    await shows(page, '#hardware-note', / 4 cores · 213 processes · up /);
    await page.getByLabel('Filter').fill('REGION=us s20');
    await shows(page, '#metrics tbody tr', /^region=us series=s20/);
    ok(await page.locator('#metrics tbody tr').count() <= 10);
  }));

  test('any metric can be chosen, with any statistic', () => inWorld(worlds.healthy, async ({ page }, server) => {
    await choice(page, 'Metric').selectOption('hardware.process_count');
    await page.locator('#metrics tbody tr', { hasText: /status=sleeping210.process/ }).waitFor();
    for (const statistic of ['p50', 'p95', 'p99', 'min to max', 'count', 'mean']) await choice(page, 'Statistic').selectOption(statistic);
    await page.locator('#metrics .plot').scrollIntoViewIfNeeded();
    await page.locator('#metrics canvas').waitFor({ state: 'attached' });
    ok(server.requests.some((r) => r.searchParams.get('metric') === 'hardware.process_count'));
  }));

  test('figures that only some windows have are shown in their units', () => inWorld(worlds.healthy, async ({ page }) => {
    await choice(page, 'Metric').selectOption('probe.duration_seconds');
    await shows(page, '#metrics thead', /Max Standard deviation Decaying mean Above 500 ms Above 1 s Earlier days Change Samples Window end/);
    await shows(page, '#metrics tbody tr:has-text("sfo-2")', /sfo-2 \d.* ms 1\.00 % 0 % \d.* ms 25 % 11 /);
    for (const statistic of ['standard deviation', 'decaying mean', 'above 500 ms', 'earlier days', 'change', 'rate per second']) await choice(page, 'Statistic').selectOption(statistic);
    await choice(page, 'Statistic').selectOption('above 500 ms');
    await shows(page, '#metrics .legend', /target=filbeam calibration vantage=sfo-2 1\.00 %/);

    await choice(page, 'Metric').selectOption('pushed.bytes_total');
    await shows(page, '#metrics thead', /Max Increase Increase per second Distinct Samples/);
    await shows(page, '#metrics tbody tr', /series=a .* 150 kB 2\.50 kB\/s 1,234 7 /);
    await choice(page, 'Metric').selectOption('load.value');
    await shows(page, '#metrics thead', /Max Samples Window end/);
  }));

  test('results are merged over the labels that are not kept apart, and only for who looks', () => inWorld(worlds.healthy, async ({ page }, server) => {
    const asked = (): string[] => server.requests.filter((r) => r.pathname.endsWith('/merged')).map((r) => `${r.searchParams.get('window')} ${r.searchParams.get('by')}`);
    await choice(page, 'Metric').selectOption('probe.duration_seconds');
    await shows(page, '#metrics thead', /Standard deviation/);
    deepEqual(asked(), []);
    await page.getByText('Merged over places and times').click();
    await shows(page, '.merged tbody tr', /^all \d/);
    equal(await page.locator('.merged tbody tr').count(), 1);
    await page.getByLabel('target', { exact: true }).check();
    await shows(page, '.merged tbody tr', /^target=filbeam calibration/);
    await shows(page, '.merged .note', /results merged, no sample counted twice\.$/);
    equal(await page.locator('.merged tbody tr').count(), 2);
    deepEqual(asked().slice(0, 2), ['probe-durations ', 'probe-durations target']);
    server.world = worlds.empty;
    await choice(page, 'Last').selectOption('1 hour');
    await shows(page, '.merged .note', /^Not merged: There is nothing at \/api\/windows\/merged\. Ask/);
    deepEqual(await violations(page), []);
  }, {}, true));

  for (const how of ['cut', 'silent'] as const) {
    test(`a connection that is ${how} shows at once and is mended`, () => inWorld(worlds.healthy, async ({ page }, server) => {
      await page.locator('#hardware .tile').first().waitFor();
      await page.waitForFunction(() => performance.now() - Math.max(...performance.getEntriesByType('resource').map((e) => e.startTime)) > 1_500);
      if (how === 'cut') server.cut();
      else server.silent = true;
      await page.getByRole('alert').filter({ hasText: 'Connection lost, retrying.' }).waitFor({ timeout: 12_000 });
      await shows(page, '#lost-detail', /Last data \d+ s ago/);
      equal(await text(page, '#verdict-word'), 'Unknown');
      await shows(page, '#reasons', /last known verdict was healthy/);
      match(await page.title(), /Unknown/);
      match(await page.locator('main').evaluate((e) => getComputedStyle(e).filter), /grayscale/);
      server.down = server.silent = false;
      await page.locator('body[data-connection=live]').waitFor({ timeout: 20_000 });
      await page.getByText('Healthy', { exact: true }).waitFor();
      const fetched = server.requests.filter((r) => r.pathname === '/api/windows').map((r) => Date.now() - Date.parse(r.searchParams.get('from') ?? ''));
      ok(fetched.some((ago) => ago < 200_000), 'fetches what it missed, and not all again');
      equal(await page.locator('#lost').isVisible(), false);
    }, {}, true));
  }

  test('the tab key reaches every control in the order of the page', () => inWorld(worlds.degraded, async ({ page }) => {
    await page.locator('#probes tbody tr').nth(4).waitFor();
    const seen: string[] = [];
    for (let i = 0; i < 40 && !seen.includes('Filter'); i++) {
      await page.keyboard.press('Tab');
      seen.push(await page.evaluate(() => {
        const e = document.activeElement as HTMLElement;
        if (getComputedStyle(e).outlineStyle === 'none') return `no visible focus: ${e.outerHTML}`;
        return e.getAttribute('aria-label') ?? (e as HTMLInputElement).labels?.[0]?.firstChild?.textContent?.trim() ?? e.innerText;
      }));
    }
    deepEqual(seen, ['Skip to the figures', 'Probes', 'Hardware', 'Pipeline', 'All metrics', 'Theme: auto',
      'Probes by target and vantage point', 'rpc.example', ...seen.slice(8, 12), 'Host', 'Lag by stage', 'Topics', 'Loss ledger',
      'Metric', 'Window', 'Statistic', 'Filter']);
  }));

  test('a probe is chosen by keyboard and stays chosen', () => inWorld(worlds.degraded, async ({ page }) => {
    const button = page.getByRole('button', { name: 'mission control' });
    await button.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'mission control from fra-1' }).waitFor();
    await page.waitForTimeout(2_500);
    equal(await button.getAttribute('aria-pressed'), 'true');
    ok(await button.evaluate((e) => e === document.activeElement), 'focus survives redraws');
  }));

  for (const colorScheme of ['light', 'dark'] as const) {
    for (const world of ['healthy', 'degraded', 'hostile', 'empty'] as const) {
      test(`no accessibility rule is broken, ${world}, ${colorScheme}`, () => inWorld(worlds[world], async ({ page }) => {
        await page.waitForTimeout(1_500);
        deepEqual(await violations(page), []);
      }, { colorScheme }));
    }
    test(`the page stays readable when the connection is lost, ${colorScheme}`, () => inWorld(worlds.degraded, async ({ page }, server) => {
      server.cut();
      await page.getByRole('alert').filter({ hasText: 'Connection lost' }).waitFor();
      deepEqual(await violations(page), []);
    }, { colorScheme }, true));
  }

  for (const world of ['degraded', 'many'] as const) {
    test(`a phone shows everything without scrolling sideways, ${world}`, () => inWorld(worlds[world], async ({ page }) => {
      await page.locator('#probes tbody tr').first().waitFor();
      await page.waitForTimeout(1_500);
      ok(await fits(page));
      deepEqual(await violations(page), []);
    }, { viewport: phone, isMobile: true, hasTouch: true }));
  }

  test('the theme is chosen and remembered, and the charts follow', () => inWorld(worlds.healthy, async ({ page }) => {
    const ground = (): Promise<string> => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
    const light = await ground();
    const button = page.getByRole('button', { name: /Theme/ });
    await button.click();
    equal(await ground(), light);
    await button.click();
    equal(await button.innerText(), 'Theme: dark');
    const dark = await ground();
    ok(dark !== light);
    await page.reload();
    equal(await ground(), dark);
    equal(await button.innerText(), 'Theme: dark');
  }, { colorScheme: 'light' }));

  test('a hidden tab draws nothing and catches up when it is seen', () => inWorld(worlds.healthy, async ({ page }) => {
    await page.locator('#hardware .tile').first().waitFor();
    const hide = (hidden: boolean): Promise<void> => page.evaluate((value) => {
      Object.defineProperty(document, 'hidden', { configurable: true, get: () => value });
      document.dispatchEvent(new Event('visibilitychange'));
    }, hidden);
    await hide(true);
    await page.waitForTimeout(600);
    const seen = await text(page, '#vitals');
    await page.waitForTimeout(3_000);
    equal(await text(page, '#vitals'), seen);
    await hide(false);
    await page.waitForFunction((old) => document.querySelector<HTMLElement>('#pipeline-note')?.innerText !== old, await text(page, '#pipeline-note'));
  }));
});
