import { deepEqual, equal } from 'node:assert/strict';
import { test } from 'node:test';
import { Store } from '../src/store.ts';
import { at, someWindow } from './some.ts';

const limits = { span: 900_000, series: 3, leftOut: 5 };
const make = (): Store => new Store((metric) => ['other', 'explored', 'panel'].indexOf(metric), limits);
const hosts = (store: Store, metric: string): (string | undefined)[] => store.find(metric).map((s) => s.labels['host']);
const means = (store: Store): number[] => store.find('m')[0]!.points.map((p) => p.mean);

test('windows are kept in order of their ends, whatever the order of arrival', () => {
  const store = make();
  store.put([4, 2, 6, 0].map((end) => someWindow(end)));
  deepEqual(means(store), [0, 2, 4, 6]);
});

test('a higher revision replaces a lower one and never the other way round', () => {
  const store = make();
  store.put([someWindow(2, { mean: 7, revision: 2 }), someWindow(4), someWindow(2, { mean: 1, revision: 1 }), someWindow(4, { mean: 8, revision: 2 })]);
  deepEqual(means(store), [7, 8]);
});

test('a window without samples was taken back', () => {
  const store = make();
  store.put([someWindow(2), someWindow(4), someWindow(4, { count: 0, revision: 2 })]);
  deepEqual(means(store), [2]);
});

test('the same window twice is one window', () => {
  const store = make();
  store.put([someWindow(2), someWindow(4), someWindow(2), someWindow(4)]);
  deepEqual(means(store), [2, 4]);
});

test('labels in another order are the same series', () => {
  const store = make();
  store.put([someWindow(2, { labels: { a: '1', b: '2' } }), someWindow(4, { labels: { b: '2', a: '1' } })]);
  equal(store.size, 1);
});

test('labels that would join to the same text are different series', () => {
  const store = make();
  store.put([someWindow(2, { labels: { a: '1,b=2' } }), someWindow(2, { labels: { a: '1', b: '2' } })]);
  equal(store.size, 2);
});

test('a metric is found in its shortest window', () => {
  const store = make();
  store.put([someWindow(60, { window: 'long', length: 60 }), someWindow(60, { window: 'short', length: 10 })]);
  deepEqual(store.find('m').map((s) => s.window), ['short']);
  deepEqual(store.find('m', {}, 'long').map((s) => s.window), ['long']);
});

test('labels narrow what is found', () => {
  const store = make();
  store.put([someWindow(2, { labels: { host: 'a' } }), someWindow(2, { labels: { host: 'b' } })]);
  deepEqual(store.find('m', { host: 'b' }).map((s) => s.labels['host']), ['b']);
  deepEqual(store.labelValues('m', 'host'), ['a', 'b']);
});

test('what is older than the span is forgotten, and the series with it', () => {
  const store = make();
  store.put([someWindow(0), someWindow(10), someWindow(2, { labels: { host: 'gone' } })]);
  store.prune(at(905));
  deepEqual(means(store), [10]);
  equal(store.size, 1);
});

test('a series without room is left out and counted once', () => {
  const store = make();
  for (const end of [2, 4]) store.put(['a', 'b', 'c', 'd'].map((host) => someWindow(end, { metric: 'panel', labels: { host } })));
  deepEqual(hosts(store, 'panel'), ['a', 'b', 'c']);
  equal(store.leftOut, 1);
});

test('a series takes the place of one that ranks lower and of no other', () => {
  const store = make();
  const put = (metric: string, host: string): void => store.put([someWindow(2, { metric, labels: { host } })]);
  put('explored', 'a');
  put('other', 'b');
  put('explored', 'c');
  put('panel', 'd');
  deepEqual([hosts(store, 'panel'), hosts(store, 'explored'), hosts(store, 'other')], [['d'], ['a', 'c'], []]);
  put('explored', 'e');
  deepEqual([hosts(store, 'explored'), store.size, store.leftOut], [['a', 'c'], 3, 2]);
});

test('the memory of what was left out is bounded', () => {
  const store = make();
  store.put(Array.from({ length: 100 }, (_, i) => someWindow(2, { labels: { host: String(i) } })));
  equal(store.leftOut, limits.leftOut);
});

test('a series that stopped is not the present', () => {
  const store = make();
  store.put([someWindow(10)]);
  const series = store.find('m')[0]!;
  equal(series.current(at(34))?.mean, 10);
  equal(series.current(at(36)), undefined);
});
