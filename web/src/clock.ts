/**
 * The server's time as far as it is known here: its last word plus what has passed since on a clock that does not jump.
 * Ages and the right edge of the charts follow it, so a wrong clock in the browser changes nothing.
 */
export class ServerClock {
  private readonly _elapsed: () => number;
  private readonly _wall: () => number;
  private _server: number | undefined;
  private _heardAt: number | undefined;

  /** @param elapsed monotonic milliseconds; @param wall Unix milliseconds, used until the server has spoken. */
  constructor(elapsed: () => number, wall: () => number) {
    this._elapsed = elapsed;
    this._wall = wall;
  }

  /** @param time RFC 3339, as the server wrote it just now. */
  heard(time: string): void {
    const server = Date.parse(time);
    if (Number.isNaN(server)) return;
    this._server = server;
    this._heardAt = this._elapsed();
  }

  /** Unix milliseconds. */
  now(): number {
    return this._server === undefined ? this._wall() : this._server + this.silence();
  }

  /** Unix milliseconds by the server's clock at its last word. */
  lastHeard(): number {
    return this._server ?? this._wall();
  }

  /** Milliseconds since the server was last heard; infinite before the first word. */
  silence(): number {
    return this._heardAt === undefined ? Infinity : this._elapsed() - this._heardAt;
  }
}
