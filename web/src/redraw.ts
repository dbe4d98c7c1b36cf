/** At least this long between two redraws, milliseconds. */
const rest = 250;

/**
 * Draws the page when asked, at most four times a second however often it is asked, and once a second by itself because
 * ages grow. A hidden tab draws nothing until it is seen again.
 */
export class Redraw {
  private readonly _draw: () => void;
  private _asked = false;
  private _last = -Infinity;

  constructor(draw: () => void) {
    this._draw = draw;
    setInterval(() => this.ask(), 1_000);
    document.addEventListener('visibilitychange', () => this.ask());
  }

  ask(): void {
    if (this._asked || document.hidden) return;
    this._asked = true;
    setTimeout(() => requestAnimationFrame(() => this.draw()), Math.max(0, this._last + rest - performance.now()));
  }

  private draw(): void {
    this._asked = false;
    this._last = performance.now();
    this._draw();
  }
}
