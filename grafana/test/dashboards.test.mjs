import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import Ajv from 'ajv';
import { createGenerator } from 'ts-json-schema-generator';
import { dashboards, panelsOf } from './dashboards.mjs';

// Grafana's own types, without room for a misspelt word.
const raw = (file) => fileURLToPath(new URL(`../node_modules/@grafana/schema/dist/types/raw/${file}/x/types.gen.d.ts`, import.meta.url));
const ajv = new Ajv({ strict: false, allErrors: true });
const checkOf = (file, type) => ajv.compile(createGenerator({ path: raw(file), type, skipTypeCheck: true, additionalProperties: false }).createSchema(type));
const isDashboard = checkOf('dashboard', 'Dashboard');
const isOptions = {}, isCustom = {};
for (const kind of ['bargauge', 'stat', 'state-timeline', 'table', 'timeseries']) {
  const folder = `composable/${kind.replace('-', '')}/panelcfg`;
  isOptions[kind] = checkOf(folder, 'Options');
  isCustom[kind] = kind === 'bargauge' || kind === 'stat' ? ajv.compile({ maxProperties: 0 }) : checkOf(folder, 'FieldConfig');
}

const errors = (check, value) => (check(value) ? [] : check.errors.map((e) => `${e.instancePath} ${e.message} ${JSON.stringify(e.params)}`));
const problemsOf = (panel) => (panel.type in isOptions
  ? [...errors(isOptions[panel.type], panel.options), ...errors(isCustom[panel.type], panel.fieldConfig.defaults.custom)]
  : [`${panel.type} is no kind of panel that we use`]).map((problem) => `${panel.title}: ${problem}`);

for (const [name, dashboard] of dashboards) {
  test(`${name} is a dashboard by Grafana's own schema`, () => assert.deepEqual(errors(isDashboard, dashboard), []));

  test(`every panel of ${name} has the options of its kind`, () => assert.deepEqual(panelsOf(dashboard).flatMap(problemsOf), []));

  test(`every panel of ${name} has an id of its own, a place of its own, and a word on what it shows`, () => {
    const all = panelsOf(dashboard);
    const ids = [...all, ...dashboard.panels.filter((p) => p.type === 'row')].map((p) => p.id);
    assert.equal(new Set(ids).size, ids.length);
    for (const panel of all) {
      assert.ok(panel.description.length > 10 && panel.title.length > 2, panel.title);
      assert.ok(panel.gridPos.x + panel.gridPos.w <= 24, panel.title);
    }
    for (const group of [dashboard.panels, ...dashboard.panels.filter((p) => p.type === 'row').map((row) => row.panels)])
      for (const [i, a] of group.entries()) for (const b of group.slice(i + 1)) assert.ok(!overlap(a.gridPos, b.gridPos), `${a.title} lies on ${b.title}`);
  });
}

test('a misspelt word, a wrong type and an unknown kind are found', () => {
  const good = () => structuredClone(dashboards.values().next().value);
  const broken = [(d) => { d.titel = 'x'; }, (d) => { d.graphTooltip = 'shared'; }, (d) => { d.panels[1].gridPos.w = '12'; }, (d) => { delete d.panels[1].type; }];
  for (const damage of broken) {
    const dashboard = good();
    damage(dashboard);
    assert.notDeepEqual(errors(isDashboard, dashboard), [], damage.toString());
  }
  const line = () => structuredClone(panelsOf([...dashboards.values()][0]).find((p) => p.type === 'timeseries'));
  for (const damage of [(p) => { p.type = 'graph'; }, (p) => { p.fieldConfig.defaults.custom.lineWidth = 'thick'; }, (p) => { p.options.legends = {}; }]) {
    const panel = line();
    damage(panel);
    assert.notDeepEqual(problemsOf(panel), [], damage.toString());
  }
});

test('every panel and every variable asks the data source that is provisioned', () => {
  const file = readFileSync(new URL('../provisioning/datasources/pipeline.yml', import.meta.url), 'utf8');
  const uid = /^ +uid: (\S+)$/m.exec(file)[1];
  for (const dashboard of dashboards.values())
    for (const asked of [...panelsOf(dashboard), ...panelsOf(dashboard).flatMap((p) => p.targets), ...dashboard.templating.list])
      assert.deepEqual(asked.datasource, { type: 'influxdb', uid });
});

const overlap = (a, b) => a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
