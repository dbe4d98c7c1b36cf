import { deepEqual, equal } from 'node:assert/strict';
import { test } from 'node:test';
import { align, highest, pointAt } from '../src/lines.ts';
import { mean } from '../src/series.ts';
import { at, someLine, someSeries, someWindow } from './some.ts';

const windows = (...ends: number[]) => ends.map((end) => someWindow(end));

test('lines share one axis of times', () => {
  deepEqual(align([someLine(...windows(0, 2, 4)), someLine(...windows(1, 2, 3))]), [
    [at(0), at(1), at(2), at(3), at(4)],
    [0, undefined, 2, undefined, 4],
    [undefined, 1, 2, 3, undefined],
  ]);
});

test('a hole in the data is a gap in the line', () => {
  deepEqual(align([someLine(...windows(0, 2, 4, 20, 22))]), [
    [at(0), at(2), at(4), at(6), at(20), at(22)], [0, 2, 4, null, 20, 22]]);
});

test('no lines make an empty chart', () => deepEqual(align([]), [[]]));

test('the highest of several series is taken at each end', () => {
  const series = [someSeries(someWindow(0, { mean: 1 }), someWindow(2, { mean: 5 })), someSeries(someWindow(0, { mean: 3 }), someWindow(2, { mean: 4 }))];
  const line = highest('top', series, mean, at(2));
  deepEqual(line.points.map(mean), [3, 5]);
  equal(line.current?.mean, 5);
  equal(highest('top', series, mean, at(100)).current, undefined);
});

test('the point under the cursor is the nearest one', () => {
  const { points } = someLine(...windows(0, 10, 20));
  deepEqual([-5, 4, 6, 16, 99].map((t) => pointAt(points, at(t))?.mean), [0, 0, 10, 20, 20]);
  equal(pointAt([], 0), undefined);
});
