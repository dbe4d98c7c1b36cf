import { deepEqual, equal } from 'node:assert/strict';
import { test } from 'node:test';
import { answer, probeRows, strip } from '../src/probe-row.ts';
import { Store } from '../src/store.ts';
import { at, someSeries, someWindow } from './some.ts';

const success = (target: string, end: number, mean: number, count = 4) =>
  someWindow(end, { metric: 'probe.success_ratio', labels: { target, vantage: 'v' }, mean, count, sum: mean * count });

function rows(...windows: ReturnType<typeof success>[]) {
  const store = new Store(() => 0);
  store.put(windows);
  return probeRows(store, at(100));
}

test('what needs attention comes first', () => {
  const all = rows(success('up', 100, 1), success('partly', 100, 0.5), success('silent', 10, 1), success('down', 100, 0), success('also up', 100, 1));
  deepEqual(all.map((r) => [r.target, r.state]), [
    ['down', 'down'], ['silent', 'silent'], ['partly', 'partly'], ['also up', 'up'], ['up', 'up']]);
});

test('availability weighs windows by their probes', () =>
  equal(rows(success('t', 90, 1, 9), success('t', 100, 0, 1))[0]!.availability, 0.9));

test('a figure that does not keep up with the windows of success is no figure', () => {
  const answered = (...ends: number[]) => someSeries(...ends.map((end) => someWindow(end, { metric: 'probe.ttfb_seconds' })));
  const row = rows(success('t', 80, 1), success('t', 90, 0.5), success('t', 100, 0))[0]!;
  equal(answer(row, answered(80), at(100)), undefined);
  equal(answer(row, answered(90), at(100))?.mean, 90);
  equal(answer(row, undefined, at(100)), undefined);
});

test('a strip shows the worst of each part and nothing where there was nothing', () => {
  const { points } = someSeries(...[[5, 1], [15, 1], [18, 0], [40, 0.5]].map(([end, mean]) => success('t', end!, mean!)));
  deepEqual(strip(points, at(40), 40_000, 4), ['up', 'down', undefined, 'partly']);
});
