import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../dashboards/', import.meta.url));

/** The dashboards of this folder, by the names of their files. */
export const dashboards = new Map(readdirSync(folder).filter((name) => name.endsWith('.json')).map((name) => [name, JSON.parse(readFileSync(folder + name, 'utf8'))]));

/** All panels that ask something; those of closed rows too. */
export const panelsOf = (dashboard) => dashboard.panels.flatMap((panel) => (panel.type === 'row' ? panel.panels : [panel]));
