/** Numbers as people read them: a text of about three digits and its unit. Pure. */

export interface Quantity { text: string; unit: string }

export const missing: Quantity = { text: '–', unit: '' };

type Value = number | null | undefined;

/** @param unit UCUM, or empty where the server does not know it; the metric's name then tells. */
export function quantity(value: Value, unit: string, metric = ''): Quantity {
  if (value === null || value === undefined || !Number.isFinite(value)) return missing;
  switch (kindOf(unit, metric)) {
    case 'ratio': return { text: digits(value * 100), unit: '%' };
    case 'seconds': return seconds(value);
    case 'bytes': return si(value, 'B');
    case 'rate': return si(value, 'B/s');
    case 'celsius': return { text: digits(value), unit: '°C' };
    case 'number': return { text: grouped(value), unit: '' };
    default: return { text: grouped(value), unit: unit.replace(/[{}]/g, '') };
  }
}

export const shown = (q: Quantity): string => (q.unit === '' ? q.text : `${q.text}\u202f${q.unit}`);

export const format = (value: Value, unit: string, metric = ''): string => shown(quantity(value, unit, metric));

/** As {@link format}, without zeros that only fill up: for the ticks of an axis. */
export const tick = (value: Value, unit: string, metric = ''): string =>
  format(value, unit, metric).replace(/(\.\d*?)0+(?=\u202f|$)/, '$1').replace(/\.(?=\u202f|$)/, '');

/** The unit of what grows by so much a second. A second of it in each second is a plain number. */
export function unitPerSecond(unit: string, metric = ''): string {
  switch (kindOf(unit, metric)) {
    case 'bytes': return 'By/s';
    case 'seconds': return '';
    case 'other': return `{${unit.replace(/[{}]/g, '')}/s}`;
    default: return '{/s}';
  }
}

/** A share that is rounded down, so that 100 % means that nothing failed. */
export function availability(ratio: Value): Quantity {
  if (ratio === null || ratio === undefined || !Number.isFinite(ratio)) return missing;
  const percent = Math.floor(ratio * 10_000 + 1e-6) / 100;
  return { text: Number.isInteger(percent) ? String(percent) : percent.toFixed(percent >= 90 ? 2 : 1), unit: '%' };
}

/** An age or an uptime in at most two units: `12 s`, `3 min 20 s`, `4 d 2 h`. */
export function duration(secs: Value): string {
  if (secs === null || secs === undefined || !Number.isFinite(secs)) return '–';
  const s = Math.max(0, Math.floor(secs));
  if (s < 60) return `${s}\u202fs`;
  if (s < 3600) return pair(s, 60, 'min', 1, 's');
  if (s < 86_400) return pair(s, 3600, 'h', 60, 'min');
  return pair(s, 86_400, 'd', 3600, 'h');
}

/** A count with its thousands set apart. */
export const count = (value: Value): string =>
  value === null || value === undefined || !Number.isFinite(value) ? '–' : whole.format(value);

export function plural(n: number, one: string, many = `${one}s`): string {
  return `${count(n)} ${n === 1 ? one : many}`;
}

/** Time of day in the reader's time zone. @param time Unix milliseconds. */
export const clockTime = (time: number): string => dayTime.format(time);

type Kind = 'ratio' | 'seconds' | 'bytes' | 'rate' | 'celsius' | 'number' | 'other';

const kinds: Record<string, Kind> = { s: 'seconds', By: 'bytes', 'By/s': 'rate', Cel: 'celsius' };

function kindOf(unit: string, metric: string): Kind {
  if (metric.endsWith('_ratio')) return 'ratio';
  if (metric.endsWith('_bytes_per_second')) return 'rate';
  if (metric.endsWith('_seconds')) return 'seconds';
  if (metric.endsWith('_bytes')) return 'bytes';
  if (metric.endsWith('_celsius')) return 'celsius';
  if (unit === '1' || unit === '') return 'number';
  return kinds[unit] ?? 'other';
}

function seconds(value: number): Quantity {
  const size = Math.abs(value);
  if (size === 0) return { text: '0', unit: 's' };
  if (size < 0.0009995) return { text: digits(value * 1e6), unit: 'µs' };
  if (size < 0.9995) return { text: digits(value * 1e3), unit: 'ms' };
  if (size < 120) return { text: digits(value), unit: 's' };
  return { text: (value < 0 ? '−' : '') + duration(size), unit: '' };
}

const prefixes = ['', 'k', 'M', 'G', 'T', 'P'];

function si(value: number, unit: string): Quantity {
  let power = 0;
  let scaled = value;
  while (Math.abs(scaled) >= 999.5 && power < prefixes.length - 1) {
    scaled /= 1000;
    power++;
  }
  return { text: digits(scaled), unit: prefixes[power] + unit };
}

/** Three significant digits, no more than two of them behind the point. */
function digits(value: number): string {
  const size = Math.abs(value);
  if (size >= 99.95) return whole.format(value);
  return value.toFixed(size >= 9.995 || size === 0 ? (Number.isInteger(value) ? 0 : 1) : 2).replace('-', '−');
}

const grouped = (value: number): string => (Number.isInteger(value) ? whole.format(value) : small(value));

const small = (value: number): string =>
  (value !== 0 && Math.abs(value) < 0.01 ? value.toExponential(1).replaceAll('-', '−') : digits(value));

const pair = (s: number, big: number, bigUnit: string, little: number, littleUnit: string): string => {
  const rest = Math.floor((s % big) / little);
  return `${Math.floor(s / big)}\u202f${bigUnit}` + (rest === 0 ? '' : ` ${rest}\u202f${littleUnit}`);
};

const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const dayTime = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });
