import './styles/tokens.css';
import './styles/page.css';
import './styles/verdict.css';
import './styles/tiles.css';
import './styles/tables.css';
import { Backfill } from './backfill.ts';
import { Page } from './page.ts';
import { forgetColours } from './palette.ts';
import { ConnectionPanel } from './panels/connection.ts';
import { ExplorerPanel } from './panels/explorer.ts';
import { HardwarePanel } from './panels/hardware.ts';
import { PipelinePanel } from './panels/pipeline.ts';
import { ProbesPanel } from './panels/probes.ts';
import { VerdictPanel } from './panels/verdict.ts';
import { VitalsPanel } from './panels/vitals.ts';
import { Redraw } from './redraw.ts';
import { Stream } from './stream.ts';
import { startTheme } from './theme.ts';

const page = new Page();
const connection = new ConnectionPanel();
const verdict = new VerdictPanel();
const explorer = new ExplorerPanel((metric) => choose(metric));
const panels = [new VitalsPanel(), new ProbesPanel(), new HardwarePanel(() => redraw.ask()), new PipelinePanel(), explorer];

const redraw = new Redraw(() => {
  page.retryIn = stream.retryIn;
  page.store.prune(page.clock.now());
  connection.draw(page);
  verdict.draw(page);
  for (const panel of panels) panel.draw(page);
});
const backfill = new Backfill(page, () => redraw.ask());

const stream = new Stream({
  onWindows: (results) => {
    page.store.put(results);
    redraw.ask();
  },
  onVerdict: (latest) => {
    page.verdict = latest;
    page.clock.heard(latest.time);
    live();
  },
  onPipeline: (state) => {
    page.putPipeline(state);
    redraw.ask();
  },
  onConnected: () => void backfill.gap(),
  onLost: () => {
    page.connection = 'lost';
    backfill.lost();
    // The title is read in tabs that are not drawn.
    verdict.title(page);
    redraw.ask();
  },
});

/** Called for a verdict and not for an open connection: only data make the page live. */
function live(): void {
  page.connection = 'live';
  verdict.title(page);
  redraw.ask();
}

function choose(metric: string): void {
  page.explored = metric;
  void backfill.one(metric);
  redraw.ask();
}

startTheme(() => {
  forgetColours();
  redraw.ask();
});
setInterval(() => {
  if (!document.hidden && page.connection === 'live') void backfill.again();
}, 30_000);
