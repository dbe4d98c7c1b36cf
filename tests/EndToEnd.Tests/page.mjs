// Opens the page of a running program and says, as JSON, what a person would see. Usage: node page.mjs PLAYWRIGHT URL
const { chromium } = await import(process.argv[2]);
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});
try {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  const trouble = [];
  page.on('console', (message) => { if (message.type() === 'error') trouble.push(message.text()); });
  page.on('pageerror', (error) => trouble.push(error.message));
  page.on('request', (request) => { if (!request.url().startsWith(process.argv[3])) trouble.push(`asked for ${request.url()}`); });
  await page.goto(process.argv[3]);
  await page.locator('#hardware .tile').nth(2).waitFor({ timeout: 30_000 });
  await page.locator('#probes tbody tr[data-state=up]', { hasText: '200' }).waitFor({ timeout: 30_000 });
  await page.locator('#probes tbody tr[data-state=down]').waitFor({ timeout: 30_000 });
  await page.locator('#verdict-word', { hasText: 'Unhealthy' }).waitFor({ timeout: 30_000 });
  await page.locator('#pipeline tr:has-text("window hardware")').waitFor({ timeout: 10_000 });
  console.log(JSON.stringify({
    verdict: await page.locator('#verdict-word').innerText(),
    tiles: await page.locator('#hardware h3').allInnerTexts(),
    probes: await page.locator('#probes tbody tr').allInnerTexts(),
    trouble,
  }));
} finally {
  await browser.close();
}
