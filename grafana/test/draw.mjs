// Draws the answers of a panel's queries, roughly as Grafana would.
const colors = ['#73bf69', '#f2cc0c', '#8ab8ff', '#ff780a', '#f2495c', '#5794f2', '#b877d9', '#37872d', '#fade2a', '#c4162a', '#1f60c4', '#8f3bb8', '#ffb357', '#96d98d', '#ca95e5', '#7eb26d'];
const named = { green: '#73bf69', orange: '#ff9830', red: '#f2495c', purple: '#b877d9' };
const escape = (text) => String(text).replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);

/** The HTML of a panel. `answers` holds, for each target, the series that InfluxDB returned. */
export function draw(panel, answers, width, height) {
  const lines = answers.flatMap((series, i) => series.flatMap((s) => linesOf(s, panel.targets[i].alias)));
  const drawer = { timeseries: chart, stat: stats, bargauge: bars, 'state-timeline': timeline, table }[panel.type];
  return drawer(panel, panel.type === 'table' ? answers.flat() : lines, width, height);
}

function linesOf(series, alias) {
  const tags = Object.entries(series.tags ?? {});
  const name = tags.reduce((text, [key, value]) => text.replaceAll(`$tag_${key}`, value), alias) || tags.map(([k, v]) => `${k}=${v}`).join(' ');
  return series.columns.slice(1).map((_, i) => ({ name, points: series.values.map((row) => [row[0], row[i + 1]]).filter(([, v]) => v !== null) }));
}

const last = (line) => line.points.at(-1)?.[1];
const colorOf = (panel, value) => named[(wordOf(panel, value) ?? panel.fieldConfig.defaults.thresholds.steps.findLast((s) => s.value === null || value >= s.value)).color];
const wordOf = (panel, value) => panel.fieldConfig.defaults.mappings.map((m) => m.options).find((o) => value >= o.from && value <= o.to)?.result;
const textOf = (panel, value) => wordOf(panel, value)?.text ?? format(value, panel.fieldConfig.defaults.unit);

export function format(value, unit) {
  if (value === null || value === undefined) return '';
  const round = (v) => (v === 0 ? '0' : Math.abs(v) >= 100 ? v.toFixed(0) : String(Number(v.toPrecision(3))));
  const scaled = (step, units, of = value) => { let i = 0; for (; Math.abs(of) >= step && i < units.length - 1; i++) of /= step; return round(of) + units[i]; };
  switch (unit) {
    case 'percentunit': return `${round(value * 100)}%`;
    case 's': return Math.abs(value) >= 86400 ? `${round(value / 86400)} d` : Math.abs(value) >= 120 ? `${round(value / 60)} min` : Math.abs(value) >= 1 || value === 0 ? `${round(value)} s` : `${round(value * 1000)} ms`;
    case 'bytes': return scaled(1024, [' B', ' KiB', ' MiB', ' GiB', ' TiB']);
    case 'binBps': return scaled(1024, [' B/s', ' KiB/s', ' MiB/s', ' GiB/s']);
    case 'cps': return scaled(1000, [' c/s', 'K c/s', 'M c/s']);
    case 'pps': return scaled(1000, [' p/s', 'K p/s']);
    case 'iops': return scaled(1000, [' io/s', 'K io/s']);
    case 'none': return String(value);
    default: return scaled(1000, ['', ' K', ' Mil', ' Bil']);
  }
}

function chart(panel, lines, width, height) {
  const { min, max, unit, thresholds, custom } = panel.fieldConfig.defaults;
  if (custom.stacking.mode === 'normal') lines = stack(lines);
  const all = lines.flatMap((l) => l.points);
  if (all.length === 0) return '<p class="none">No data</p>';
  const values = all.map(([, v]) => v), times = all.map(([t]) => t);
  const [from, to] = [Math.min(...times), Math.max(...times) + 1];
  const low = Math.min(min ?? Infinity, ...values);
  const high = Math.max(...values) === low ? low + 1 : Math.max(...values) + (Math.max(...values) - low) * 0.05;
  const legend = 34, left = 64, bottom = height - legend - 18;
  const x = (t) => left + ((t - from) / (to - from)) * (width - left - 8), y = (v) => bottom - ((v - low) / (high - low)) * (bottom - 6);
  const path = (points) => points.map(([t, v], i) => `${i === 0 || t - points[i - 1][0] > 60_000 ? 'M' : 'L'}${x(t).toFixed(1)},${y(v).toFixed(1)}`).join('');
  const ticks = [0, 0.25, 0.5, 0.75, 1].map((f) => low + f * (high - low));
  const instants = [0.1, 0.5, 0.9].map((f) => from + f * (to - from));
  const limits = thresholds.steps.filter((s) => s.value !== null && s.value < high && custom.thresholdsStyle.mode !== 'off');
  return `<svg width="${width}" height="${height - legend}">
    ${ticks.map((v) => `<path class="grid" d="M${left},${y(v)}H${width - 8}"/><text x="${left - 6}" y="${y(v) + 4}" text-anchor="end">${escape(format(v, unit))}</text>`).join('')}
    ${instants.map((t) => `<text x="${x(t)}" y="${bottom + 15}" text-anchor="middle">${new Date(t).toISOString().slice(11, 19)}</text>`).join('')}
    ${limits.map((s) => `<path d="M${left},${y(s.value)}H${width - 8}" stroke="${named[s.color]}" stroke-dasharray="6 4"/>`).join('')}
    ${lines.map((l, i) => `<path d="${path(l.points)}" fill="none" stroke="${colors[i % colors.length]}" stroke-width="1.5"/>${l.points.length === 1 ? `<circle cx="${x(l.points[0][0])}" cy="${y(l.points[0][1])}" r="2" fill="${colors[i % colors.length]}"/>` : ''}`).join('')}
  </svg><div class="legend">${lines.map((l, i) => `<span><i style="background:${colors[i % colors.length]}"></i>${escape(l.name)}</span>`).join('')}</div>`;
}

function stack(lines) {
  const sums = new Map();
  return lines.map((l) => ({ ...l, points: l.points.map(([t, v]) => { sums.set(t, (sums.get(t) ?? 0) + v); return [t, sums.get(t)]; }) }));
}

const stats = (panel, lines) => `<div class="stats">${lines.map((l) => {
  const filled = panel.options.colorMode === 'background';
  return `<div style="${filled ? `background:${colorOf(panel, last(l))};color:#111` : `color:${colorOf(panel, last(l))}`}"><small>${lines.length > 1 || filled ? escape(l.name) : ''}</small>${escape(textOf(panel, last(l)))}</div>`;
}).join('')}</div>`;

function bars(panel, lines) {
  const { min = 0, max = Math.max(...lines.map(last)) } = panel.fieldConfig.defaults;
  return `<div class="bars">${lines.map((l) => `<label>${escape(l.name)}</label><div><b style="width:${(100 * (last(l) - min)) / (max - min || 1)}%;background:${colorOf(panel, last(l))}"></b></div><output style="color:${colorOf(panel, last(l))}">${escape(textOf(panel, last(l)))}</output>`).join('')}</div>`;
}

function timeline(panel, lines, width, height) {
  const times = lines.flatMap((l) => l.points.map(([t]) => t));
  const [from, to] = [Math.min(...times), Math.max(...times) + 1], left = 190, each = (height - 20) / lines.length;
  const x = (t) => left + ((t - from) / (to - from)) * (width - left - 8);
  const row = (l, i) => {
    const runs = [];
    for (const [t, v] of l.points) if (runs.length && textOf(panel, runs.at(-1).v) === textOf(panel, v)) runs.at(-1).to = t; else { if (runs.length) runs.at(-1).to = t; runs.push({ t, v, to: t }); }
    runs.at(-1).to = to;
    return `<text x="${left - 8}" y="${i * each + each / 2 + 4}" text-anchor="end">${escape(l.name)}</text>` + runs.map((r) =>
      `<rect x="${x(r.t)}" y="${i * each + 2}" width="${Math.max(1, x(r.to) - x(r.t) - 1)}" height="${each - 4}" fill="${colorOf(panel, r.v)}"/>${x(r.to) - x(r.t) > 60 ? `<text class="in" x="${x(r.t) + 6}" y="${i * each + each / 2 + 4}">${escape(textOf(panel, r.v))}</text>` : ''}`).join('');
  };
  return `<svg width="${width}" height="${height}">${lines.map(row).join('')}</svg>`;
}

function table(panel, series) {
  const unit = (name) => panel.fieldConfig.overrides.find((o) => o.matcher.options === name)?.properties[0].value ?? panel.fieldConfig.defaults.unit;
  let rows = series.flatMap((s) => s.values.map((v) => ({ ...s.tags, ...Object.fromEntries(s.columns.map((c, i) => [c, v[i]])) })));
  const [{ id, options }] = panel.transformations;
  let columns;
  if (id === 'groupingToMatrix') {
    const { columnField, rowField, valueField } = options, groups = Map.groupBy?.(rows, (r) => r[rowField]) ?? rows.reduce((m, r) => m.set(r[rowField], [...(m.get(r[rowField]) ?? []), r]), new Map());
    columns = [rowField, ...new Set(rows.map((r) => r[columnField]))];
    rows = [...groups].map(([name, of]) => ({ [rowField]: name, ...Object.fromEntries(of.map((r) => [r[columnField], r[valueField]])) }));
  } else columns = Object.keys(options.indexByName);
  const cell = (v, c) => (typeof v === 'number' ? `<td class="n">${escape(format(v, unit(c)))}</td>` : `<td>${escape(v ?? '')}</td>`);
  return `<table><tr>${columns.map((c) => `<th>${escape(c)}</th>`).join('')}</tr>${rows.map((r) => `<tr>${columns.map((c) => cell(r[c], c)).join('')}</tr>`).join('')}</table>`;
}
