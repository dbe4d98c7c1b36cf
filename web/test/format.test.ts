import { equal } from 'node:assert/strict';
import { test } from 'node:test';
import { availability, count, duration, format, plural, shown, tick, unitPerSecond } from '../src/format.ts';

const plain = (text: string): string => text.replaceAll('\u202f', ' ');

const cases: [number | null | undefined, string, string, string][] = [
  [0.1234, '1', 'hardware.cpu_utilization_ratio', '12.3 %'],
  [1, '1', 'probe.success_ratio', '100 %'],
  [1.5, '1', 'hardware.cpu_load_average_1m', '1.50'],
  [0.00042, 's', 'probe.ttfb_seconds', '420 µs'],
  [0.0999, 's', 'probe.ttfb_seconds', '99.9 ms'],
  [0.9996, 's', 'probe.ttfb_seconds', '1.00 s'],
  [59.96, 's', 'x', '60.0 s'],
  [3_725, 's', 'hardware.uptime_seconds', '1 h 2 min'],
  [-300, 's', 'probe.certificate_expiry_seconds', '−5 min'],
  [0, 's', 'x', '0 s'],
  [999.4, 'By/s', 'x', '999 B/s'],
  [999.6, 'By/s', 'x', '1.00 kB/s'],
  [1_234_567, 'By', 'x', '1.23 MB'],
  [2e18, 'By', 'x', '2,000 PB'],
  [54.25, 'Cel', 'hardware.temperature_celsius', '54.3 °C'],
  [213, '{process}', 'hardware.process_count', '213 process'],
  [1_234_567, '', 'load.value', '1,234,567'],
  [0.00001234, '', 'load.value', '1.2e−5'],
  [-0.5, '', 'load.value', '−0.50'],
  [3.2, '', 'load.latency_seconds', '3.20 s'],
  [null, 's', 'x', '–'],
  [undefined, '', 'x', '–'],
  [Number.NaN, '1', 'x', '–'],
  [Infinity, '1', 'x', '–'],
];

for (const [value, unit, metric, expected] of cases) {
  test(`${value} ${unit} of ${metric} reads ${expected}`, () => equal(plain(format(value, unit, metric)), expected));
}

test('availability is rounded down, so that 100 % means that nothing failed', () => {
  equal(plain(shown(availability(0.99999))), '99.99 %');
  equal(plain(shown(availability(1))), '100 %');
  equal(plain(shown(availability(0.29))), '29 %');
  equal(plain(shown(availability(0))), '0 %');
  equal(plain(shown(availability(undefined))), '–');
});

test('ticks have no zeros that only fill up', () => {
  equal(plain(tick(0.05, '1', 'x_ratio')), '5 %');
  equal(plain(tick(2_500_000, 'By/s')), '2.5 MB/s');
  equal(plain(tick(100, '')), '100');
  equal(plain(tick(1_000, '')), '1,000');
});

test('durations have at most two units', () => {
  equal(plain(duration(0.9)), '0 s');
  equal(plain(duration(200)), '3 min 20 s');
  equal(plain(duration(7_200)), '2 h');
  equal(plain(duration(4 * 86_400 + 7_300)), '4 d 2 h');
  equal(plain(duration(null)), '–');
});

test('counts are grouped and agree with their noun', () => {
  equal(count(1_234_567), '1,234,567');
  equal(plural(1, 'target'), '1 target');
  equal(plural(2, 'target'), '2 targets');
});

test('what grows has a unit per second', () => {
  const shownAs = (unit: string, metric = ''): string => plain(format(3, unitPerSecond(unit, metric)));
  equal(shownAs('By'), '3.00 B/s');
  equal(shownAs('', 'net.received_bytes'), '3.00 B/s');
  equal(shownAs('s'), '3');
  equal(shownAs('1'), '3 /s');
  equal(shownAs('{value}'), '3 value/s');
});
