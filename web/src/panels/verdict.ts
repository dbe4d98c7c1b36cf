import { byId, el, setAttribute, setChildren, setText } from '../dom.ts';
import { clockTime, duration, plural } from '../format.ts';
import type { Reason, VerdictLevel } from '../model.ts';
import type { Page } from '../page.ts';

const words: Record<VerdictLevel, string> = { healthy: 'Healthy', degraded: 'Degraded', unhealthy: 'Unhealthy', unknown: 'Unknown' };
const marks: Record<VerdictLevel, string> = { healthy: '✓', degraded: '▲', unhealthy: '✕', unknown: '?' };

const longest = 50;
/** Seconds; data of a healthy pipeline are younger. */
const oldAge = 30;

/** The one verdict. It holds only while the server says so: without a connection it is unknown. */
export class VerdictPanel {
  private readonly _section = byId('verdict');
  private readonly _sign = byId('verdict-sign');
  private readonly _word = byId('verdict-word');
  private readonly _age = byId('verdict-age');
  private readonly _reasons = byId('reasons');
  private _shown = '';

  draw(page: Page): void {
    const level = levelOf(page);
    setAttribute(this._section, 'data-level', level);
    setAttribute(this._sign, 'href', `#${level}`);
    setText(this._word, page.connection === 'connecting' ? 'Connecting' : words[level]);
    setText(this._age, age(page));
    this._age.classList.toggle('old', (page.dataAge() ?? 0) > oldAge);
    this.drawReasons(page, level);
    this.title(page);
  }

  title(page: Page): void {
    const level = levelOf(page);
    const title = page.connection === 'connecting' ? 'Mission Control' : `${marks[level]} ${words[level]} · Mission Control`;
    if (document.title !== title) document.title = title;
  }

  private drawReasons(page: Page, level: VerdictLevel): void {
    const reasons = page.verdict?.reasons ?? [];
    const shown = JSON.stringify([page.connection, level, reasons]);
    if (shown === this._shown) return;
    this._shown = shown;
    if (page.connection === 'lost') return setChildren(this._reasons, [el('li', {}, before(page))]);
    const items = reasons.slice(0, longest).map(reasonItem);
    if (reasons.length > longest) items.push(el('li', {}, `and ${plural(reasons.length - longest, 'more reason')}`));
    if (items.length === 0 && level === 'healthy') items.push(el('li', { class: 'calm' }, 'Nothing to report.'));
    setChildren(this._reasons, items);
  }
}

const levelOf = (page: Page): VerdictLevel =>
  (page.connection === 'live' && page.verdict && Object.hasOwn(words, page.verdict.verdict) ? page.verdict.verdict : 'unknown');

const before = (page: Page): string => {
  const last = page.verdict;
  return last && Object.hasOwn(words, last.verdict)
    ? `The last known verdict was ${words[last.verdict].toLowerCase()}, at ${clockTime(page.clock.lastHeard())}.`
    : 'No verdict received so far.';
};

function age(page: Page): string {
  const seconds = page.dataAge();
  return seconds === null ? 'No data yet' : `Data ${duration(seconds)} old`;
}

function reasonItem(reason: Reason): HTMLElement {
  const level: VerdictLevel = Object.hasOwn(words, reason.severity) ? (reason.severity as VerdictLevel) : 'unknown';
  return el('li', { 'data-level': level },
    el('span', { class: 'mark', 'aria-hidden': 'true' }, marks[level]),
    el('span', {}, el('span', { class: 'hidden' }, `${reason.severity}: `), el('strong', {}, reason.about), ' ', reason.text));
}
