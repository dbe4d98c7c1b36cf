import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { launch, visit } from './browser.ts';
import { MockServer } from './mock-server.ts';
import * as worlds from './worlds.ts';

/** Takes pictures of the page for somebody to look at: `npm run look -- DIRECTORY`. */
const into = process.argv[2] ?? '/tmp/look';
const root = fileURLToPath(new URL('../../../../src/Host/wwwroot', import.meta.url));
await mkdir(into, { recursive: true });
const browser = await launch();
const sizes = { desktop: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } };
for (const name of ['healthy', 'degraded', 'hostile', 'poor', 'empty', 'many'] as const) {
  const server = new MockServer(root, worlds[name]);
  const address = await server.start();
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const [size, viewport] of Object.entries(sizes)) {
      if (name !== 'degraded' && (size === 'phone' || colorScheme === 'dark') && name !== 'healthy') continue;
      const { page, errors, close } = await visit(browser, address, { viewport, colorScheme });
      await page.waitForTimeout(3_500);
      await page.screenshot({ path: `${into}/${name}-${size}-${colorScheme}.png` });
      await page.setViewportSize({ width: viewport.width, height: await page.evaluate('document.documentElement.scrollHeight') });
      await page.waitForTimeout(800);
      await page.screenshot({ path: `${into}/${name}-${size}-${colorScheme}-full.png` });
      if (errors.length > 0) console.log(name, size, colorScheme, errors);
      await close();
    }
  }
  if (name === 'healthy') {
    const { page, close } = await visit(browser, address);
    await page.waitForTimeout(2_500);
    server.cut();
    await page.waitForTimeout(3_500);
    await page.screenshot({ path: `${into}/lost.png` });
    await close();
  }
  await server.stop();
}
await browser.close();
