import { el, setAttribute } from '../dom.ts';
import { strip } from '../probe-row.ts';
import type { Point } from '../series.ts';

const cells = 30;

/** The last minutes of a probe as small bars. A failure is taller as well as red. */
export class StripBar {
  private readonly _bars = Array.from({ length: cells }, () => el('i'));
  readonly element = el('span', { class: 'strip', role: 'img' }, ...this._bars);

  draw(points: readonly Point[], now: number, span: number): void {
    const states = strip(points, now, span, cells);
    states.forEach((state, i) => setAttribute(this._bars[i]!, 'class', state ?? 'none'));
    const bad = states.filter((s) => s === 'down' || s === 'partly').length;
    const known = states.filter((s) => s !== undefined).length;
    setAttribute(this.element, 'aria-label', `Failures in ${bad} of ${known} half minutes with data`);
  }
}
