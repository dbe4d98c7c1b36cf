import { byId, el, setChildren, setText } from '../dom.ts';
import { count, duration, format, plural } from '../format.ts';
import type { History } from '../history.ts';
import type { Line } from '../lines.ts';
import type { Lag, Topic } from '../model.ts';
import { worstLag, type Page } from '../page.ts';
import { mean } from '../series.ts';
import { Table } from '../table.ts';
import { Tile } from '../tile.ts';
import { LedgerTable } from './ledger.ts';

const numeric = (name: string, explain = ''): { name: string; numeric: boolean; explain: string } => ({ name, numeric: true, explain });

/** The pipeline watching itself: how much flows, how far behind it is, and whether anything was lost. */
export class PipelinePanel {
  private readonly _body = byId('pipeline-body');
  private readonly _note = byId('pipeline-note');
  private readonly _about = byId('about');
  private readonly _leftOut = byId('left-out');
  private readonly _empty = el('p', { class: 'empty' });
  private readonly _records = new Tile();
  private readonly _lag = new Tile();
  private readonly _ledger = new LedgerTable();
  private readonly _stages = new Table('Lag by stage', [{ name: 'Stage' }, numeric('Partition'), numeric('Records'), numeric('Time')]);
  private readonly _topics = new Table('Topics', [
    { name: 'Topic' }, numeric('Partitions'), numeric('Kept', 'Records'), numeric('Written', 'Records since the topic was made'), numeric('Size')]);
  private readonly _content = [
    el('div', { class: 'tiles own' }, this._records.element, this._lag.element,
      boxed('Lag by stage', this._stages.element), boxed('Topics', this._topics.element)),
    boxed('Loss ledger', this._ledger.element),
  ];

  draw(page: Page): void {
    const state = page.pipeline;
    setText(this._leftOut, leftOut(page));
    if (!state) {
      setText(this._empty, page.emptyText('pipeline'));
      return setChildren(this._body, [this._empty]);
    }
    setChildren(this._body, this._content);
    const now = page.clock.now();
    const balanced = state.ledger.every((entry) => entry.difference === 0);
    setText(this._note, `${format(state.recordsPerSecond, '{records/s}')} · ${format(worstLag(state), 's')} behind · ${balanced ? 'the ledger balances' : '✕ the ledger does not balance'}`);
    this._records.show('Records', [line('per second', page.recordsPerSecond, page)], { unit: '{/s}', metric: '', floor: 0, reach: 10 }, now, { note: 'since this page was opened' });
    this._lag.show('Lag', [line('slowest stage', page.lag, page)], { unit: 's', metric: '', floor: 0, reach: 1 }, now, { note: 'since this page was opened' });
    this._stages.draw(state.lag.map(stageRow));
    this._topics.draw(state.topics.map(topicRow));
    this._ledger.draw(state.ledger);
    setText(this._about, `Pipeline ${state.version} · node ${state.node} · up ${duration(state.uptimeSeconds)} · times are ${zone}`);
  }
}

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

const boxed = (title: string, content: HTMLElement): HTMLElement =>
  el('article', { class: 'tile' }, el('header', {}, el('h3', {}, title)), content);

const line = (label: string, history: History, page: Page): Line =>
  ({ label, points: history.points, value: mean, current: page.connection === 'live' ? history.points.at(-1) : undefined });

const stageRow = (lag: Lag): { key: string; cells: string[] } => ({
  key: `${lag.stage}/${lag.partition}`,
  cells: [lag.stage, String(lag.partition), count(lag.records), format(lag.seconds, 's')],
});

function topicRow(topic: Topic): { key: string; cells: string[] } {
  const sum = (of: (p: Topic['partitions'][number]) => number): number => topic.partitions.reduce((total, p) => total + of(p), 0);
  return {
    key: topic.name,
    cells: [topic.name, count(topic.partitions.length), count(sum((p) => p.end - p.first)), count(sum((p) => p.end)), topic.partitions.every((p) => p.bytes !== undefined) ? format(sum((p) => p.bytes!), 'By') : '–'],
  };
}

function leftOut(page: Page): string {
  const { leftOut, size } = page.store;
  const notes = leftOut === 0 ? [] : [`This page holds ${plural(size, 'series', 'series')}; ${count(leftOut)} more found no room and are only in the API.`];
  if (page.historyError !== undefined) notes.push(`History is incomplete: ${page.historyError}.`);
  return notes.join(' ');
}
