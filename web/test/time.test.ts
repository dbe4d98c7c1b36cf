import { deepEqual, equal } from 'node:assert/strict';
import { test } from 'node:test';
import { backOff } from '../src/backoff.ts';
import { ServerClock } from '../src/clock.ts';
import { History } from '../src/history.ts';

test('pauses between attempts double up to 15 seconds', () => {
  deepEqual([0, 1, 2, 3, 4, 5, 99].map((n) => backOff(n, 1)), [1, 2, 4, 8, 15, 15, 15].map((s) => s * 1_000));
  equal(backOff(1, 0), 1_500);
});

test("the server's time goes on from its last word, whatever the browser's clock says", () => {
  let elapsed = 1_000;
  const clock = new ServerClock(() => elapsed, () => 42);
  deepEqual([clock.now(), clock.silence(), clock.lastHeard()], [42, Infinity, 42]);
  clock.heard('2026-01-01T00:00:00.000Z');
  elapsed += 7_000;
  deepEqual([clock.now(), clock.silence(), clock.lastHeard()], [Date.UTC(2026, 0) + 7_000, 7_000, Date.UTC(2026, 0)]);
});

test('a time that cannot be read changes nothing', () => {
  const clock = new ServerClock(() => 0, () => 42);
  clock.heard('soon');
  equal(clock.now(), 42);
});

test('a history keeps its span and ignores repetitions', () => {
  const history = new History(10);
  for (const time of [1, 5, 5, 3, 12, Number.NaN]) history.put(time, time);
  deepEqual(history.points.map((p) => p.mean), [5, 12]);
});
