import type { Axis } from '../charts.ts';
import { el } from '../dom.ts';
import { furtherFigures, perSecond, plain, usualFigures, type Figure } from '../figures.ts';
import type { Series, Statistic } from '../series.ts';

export interface Choice {
  /** What is drawn for each series. */
  parts: readonly { name: string; value: Statistic }[];
  /** Whether the two parts enclose an area. */
  band: boolean;
  axis: Axis;
}

/** The controls of "All metrics". Each offer keeps what the reader chose as long as it is still there. */
export class ExplorerForm {
  private readonly _metric = el('select');
  private readonly _window = el('select');
  private readonly _statistic = el('select');
  private readonly _filter = el('input', { type: 'search', placeholder: 'label=value', autocomplete: 'off', spellcheck: 'false' });
  readonly element = el('form', { class: 'form', 'aria-label': 'Choice of metric' },
    field('Metric', this._metric), field('Window', this._window), field('Statistic', this._statistic), field('Filter', this._filter));

  constructor(changed: () => void) {
    this.element.addEventListener('submit', (event) => event.preventDefault());
    this.element.addEventListener('input', changed);
  }

  get filter(): string {
    return this._filter.value;
  }

  offerMetrics(names: readonly string[]): string {
    return offer(this._metric, names, names.find((n) => !/^(hardware|probe)\./.test(n)));
  }

  offerWindows(names: readonly string[], preferred: string | undefined): string | undefined {
    return names.length === 0 ? undefined : offer(this._window, names, preferred);
  }

  /** @param axis of the metric itself. */
  offerStatistics(series: readonly Series[], axis: Axis): Choice {
    const choices = new Map<string, Choice>(usualFigures(series, axis).map(one));
    choices.set('min to max', { parts: [{ name: 'max', value: (p) => p.max }, { name: 'min', value: (p) => p.min }], band: true, axis });
    for (const figure of furtherFigures(series, axis)) choices.set(...one(figure));
    choices.set(...one({ name: 'rate per second', value: (p) => p.rate, axis: perSecond(axis) }));
    choices.set(...one({ name: 'count', value: (p) => p.count, axis: plain }));
    return choices.get(offer(this._statistic, [...choices.keys()], 'mean'))!;
  }
}

const one = ({ name, value, axis }: Figure): [string, Choice] => [name, { parts: [{ name, value }], band: false, axis }];

export const field = (name: string, control: HTMLElement): HTMLElement => el('label', { class: 'field' }, `${name} `, control);

export function offer(select: HTMLSelectElement, names: readonly string[], preferred: string | undefined): string {
  if ([...select.options].map((o) => o.value).join('\n') !== names.join('\n')) {
    const chosen = names.includes(select.value) ? select.value : (preferred ?? names[0]!);
    select.replaceChildren(...names.map((name) => el('option', { value: name }, name)));
    select.value = chosen;
  }
  return select.value;
}
