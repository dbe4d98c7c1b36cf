import { byId, setAttribute, setText } from '../dom.ts';
import { duration } from '../format.ts';
import type { Page } from '../page.ts';

/** Says whether what is shown is live. While it is not, the style sheet takes the colour out of the whole page. */
export class ConnectionPanel {
  private readonly _link = byId('link');
  private readonly _lost = byId('lost');
  private readonly _alert = byId('lost-alert');
  private readonly _detail = byId('lost-detail');

  draw(page: Page): void {
    const lost = page.connection === 'lost';
    setAttribute(document.body, 'data-connection', page.connection);
    setText(this._link, { connecting: 'Connecting', live: 'Live', lost: 'Not live' }[page.connection]);
    this._lost.hidden = !lost;
    setText(this._alert, lost ? 'Connection lost, retrying.' : '');
    setText(this._detail, lost ? `${attempt(page.retryIn)} ${lastData(page)}` : '');
  }
}

const attempt = (retryIn: number | undefined): string =>
  (retryIn === undefined ? 'Trying now.' : `Next attempt in ${duration(Math.ceil(retryIn / 1_000))}.`);

const lastData = (page: Page): string =>
  (page.verdict ? `Last data ${duration(page.clock.silence() / 1_000)} ago; nothing below is newer.` : 'No data received so far.');
