import { el } from '../dom.ts';
import { mean, quantile, type Statistic } from '../series.ts';

export interface Choice {
  /** What is drawn for each series. */
  parts: readonly { name: string; value: Statistic }[];
  /** Whether the two parts enclose an area. */
  band: boolean;
  /** Whether the figures have another unit than the metric. */
  bare?: boolean;
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

  /** @param ranks of the quantiles that the windows carry. */
  offerStatistics(ranks: readonly string[]): Choice {
    const choices = new Map<string, Choice>([['mean', one('mean', mean)]]);
    for (const rank of ranks) choices.set(`p${Number((Number(rank) * 100).toPrecision(8))}`, one('', quantile(rank)));
    choices.set('min to max', { parts: [{ name: 'max', value: (p) => p.max }, { name: 'min', value: (p) => p.min }], band: true });
    choices.set('rate per second', { ...one('rate', (p) => p.rate), bare: true });
    choices.set('count', { ...one('count', (p) => p.count), bare: true });
    return choices.get(offer(this._statistic, [...choices.keys()], 'mean'))!;
  }
}

const one = (name: string, value: Statistic): Choice => ({ parts: [{ name, value }], band: false });

const field = (name: string, control: HTMLElement): HTMLElement => el('label', { class: 'field' }, `${name} `, control);

function offer(select: HTMLSelectElement, names: readonly string[], preferred: string | undefined): string {
  if ([...select.options].map((o) => o.value).join('\n') !== names.join('\n')) {
    const chosen = names.includes(select.value) ? select.value : (preferred ?? names[0]!);
    select.replaceChildren(...names.map((name) => el('option', { value: name }, name)));
    select.value = chosen;
  }
  return select.value;
}
