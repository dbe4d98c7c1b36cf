// Draws what the dashboards' queries return, for a look without a Grafana: npm run look -- http://127.0.0.1:8086 DATABASE [FOLDER]
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { dashboards } from './dashboards.mjs';
import { draw } from './draw.mjs';

const [url, database, folder = '../docs'] = process.argv.slice(2);
if (!database) throw new Error('Usage: npm run look -- URL DATABASE [FOLDER]');
const unit = { w: 1600 / 24, h: 38 }, head = 96;
const style = `body{margin:0;background:#111217;color:#ccccdc;font:12px Inter,sans-serif;width:1600px}header{padding:14px 16px;height:${head - 28}px}h1{font-size:20px;margin:0 0 6px}
  .v{background:#22252b;padding:3px 8px;margin-right:8px;border-radius:2px}.v b{color:#8ab8ff;font-weight:400}.row,.panel{position:absolute;box-sizing:border-box}.row{padding:10px 12px;font-size:14px}
  .panel{background:#181b1f;border:1px solid #25272d;border-radius:2px;overflow:hidden}.panel h2{font-size:12px;margin:7px 9px 4px;font-weight:500}.panel>div,.panel>svg,.panel>table{position:relative}
  text{fill:#9fa3ab;font-size:11px}text.in{fill:#111}.grid{stroke:#25272d}.legend{height:32px;overflow:hidden;padding:0 8px;line-height:16px}.legend span{margin-right:10px;white-space:nowrap}.legend i{display:inline-block;width:12px;height:3px;margin:0 4px 3px 0}
  .stats{display:flex;height:calc(100% - 30px);font-size:26px}.stats div{flex:1;display:flex;flex-direction:column;align-items:center;justify-content:center}.stats small{font-size:11px}
  .bars{display:grid;grid-template-columns:auto 1fr auto;gap:6px 10px;padding:6px 10px;align-items:center;font-size:12px}.bars div{background:#25272d;height:18px}.bars b{display:block;height:100%}
  table{border-collapse:collapse;width:100%;font-size:12px}td,th{padding:3px 8px;text-align:left;border-bottom:1px solid #25272d}td.n{text-align:right}.none{padding:20px}`;

async function ask(query) {
  const answer = await fetch(`${url}/query?${new URLSearchParams({ db: database, epoch: 'ms', q: query })}`);
  return (await answer.json()).results[0].series ?? [];
}

function expand(query, panel, variables) {
  query = query.replaceAll('$timeFilter', 'time > now() - 15m').replaceAll('$__interval', panel.interval);
  return variables.reduce((text, v) => text.replaceAll(`$${v.name}`, v.multi ? v.allValue : v.current.value), query);
}

async function show(panel, variables) {
  const place = ({ x, y, w, h }) => `left:${x * unit.w + 3}px;top:${head + y * unit.h + 3}px;width:${w * unit.w - 6}px;height:${h * unit.h - 6}px`;
  if (panel.type === 'row') return `<div class="row" style="${place(panel.gridPos)}">${panel.collapsed ? `▸ ${panel.title} (${panel.panels.length} panels)` : `▾ ${panel.title}`}</div>`;
  const answers = await Promise.all(panel.targets.map((t) => ask(expand(t.query, panel, variables))));
  const content = draw(panel, answers, panel.gridPos.w * unit.w - 10, panel.gridPos.h * unit.h - 36);
  return `<div class="panel" style="${place(panel.gridPos)}"><h2>${variables.reduce((title, v) => title.replaceAll(`$${v.name}`, v.current.value), panel.title)}</h2>${content}</div>`;
}

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'] });
try {
  for (const [name, dashboard] of dashboards) {
    const variables = dashboard.templating.list;
    const panels = await Promise.all(dashboard.panels.map((panel) => show(panel, variables)));
    const height = head + 12 + unit.h * Math.max(...dashboard.panels.map((p) => p.gridPos.y + p.gridPos.h));
    const chosen = variables.map((v) => `<span class="v">${v.label} <b>${v.current.text}</b></span>`).join('');
    const page = await browser.newPage({ viewport: { width: 1600, height } });
    await page.setContent(`<meta charset="utf-8"><style>${style}</style><header><h1>${dashboard.title}</h1>${chosen}</header>${panels.join('')}`);
    const file = join(folder, `grafana-${name.replace(/^pipeline-|\.json$/g, '')}.png`);
    writeFileSync(file, await page.screenshot());
    console.log(file);
    await page.close();
  }
} finally {
  await browser.close();
}
